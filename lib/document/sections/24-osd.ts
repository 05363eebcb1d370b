/** Section 24, OSD: date, bit rate and four titles drawn into the picture. Positions are on a 704 x 576 raster. */
import { documentSection, list, oneOf, range, row, settings, text, toggle } from '../notation.ts';

export const osd = documentSection(
  24,
  'osd',
  'OSD',
  [
    settings('getOsdConf 24.1', 'setOsdConf 24.2', {
      rows: [
        row('show_date', 'YN', toggle),
        row('show_bitrate', 'YN', toggle),
        row('date_format', 'YN', oneOf({ 0: 'YY-MM-DD', 1: 'MM-DD-YY', 2: 'DD-MM-YY' })),
        row('date_pos_x', 'YN', range(0, 704)),
        row('date_pos_y', 'YN', range(0, 576)),
        row('show_time', 'YN', toggle),
        row('show_week', 'YN', toggle),
        row('font_size', 'YN', oneOf({ 0: 'small', 1: 'middle', 2: 'large' })),
        row('osd_color', 'YN', oneOf({ 0: 'white', 1: 'black', 2: 'yellow', 3: 'red', 4: 'blue', 5: 'green' })),
        row(
          'title_list',
          'YN',
          list(
            [
              row('title', 'YN', text('xxx', 'test')),
              row('title_pos_x', 'YN', range(0, 704)),
              row('title_pos_y', 'YN', range(0, 576)),
              row('show_title', 'YN', toggle),
            ],
            { length: 4 },
          ),
        ),
      ],
      example: {
        reply: {
          show_date: 1,
          show_time: 1,
          show_week: 0,
          date_format: 0,
          date_pos_x: 0,
          date_pos_y: 0,
          font_size: 1,
          show_bitrate: 0,
          osd_color: 0,
          title_list: [
            { title: 'xxx', title_pos_x: 556, title_pos_y: 546, show_title: 1 },
            { title: ' ', title_pos_x: 556, title_pos_y: 506, show_title: 0 },
            { title: ' ', title_pos_x: 556, title_pos_y: 466, show_title: 0 },
            { title: ' ', title_pos_x: 556, title_pos_y: 426, show_title: 0 },
          ],
        },
        requests: [
          {
            show_date: 1,
            show_bitrate: 0,
            show_time: 1,
            show_week: 0,
            date_format: 0,
            date_pos_x: 0,
            date_pos_y: 0,
            title_list: [
              { show_title: 1, title: 'xxx', title_pos_x: 556, title_pos_y: 546 },
              { show_title: 0, title: ' ', title_pos_x: 556, title_pos_y: 506 },
              { show_title: 1, title: ' test', title_pos_x: 556, title_pos_y: 466 },
              { show_title: 0, title: ' ', title_pos_x: 556, title_pos_y: 426 },
            ],
            font_size: 1,
            osd_color: 0,
          },
        ],
      },
    }),
  ],
  [
    {
      id: 'titles-in-picture',
      place: '24.2',
      says: 'a title is drawn at its position while show_title is 1, and not while it is 0',
    },
    {
      id: 'date-in-picture',
      place: '24.2',
      says: 'date, time and weekday are drawn at date_pos_x and date_pos_y as they are switched on',
    },
    {
      id: 'bitrate-in-picture',
      place: '24.2',
      says: 'the bit rate is drawn while show_bitrate is 1',
      untested: 'the rate is drawn as figures that change, and the position is not documented',
    },
    {
      id: 'colour-in-picture',
      place: '24.2',
      says: 'the texts have the colour that osd_color names',
      untested: 'small texts in a compressed picture: their colour is not told apart for certain',
    },
    {
      id: 'font-size-in-picture',
      place: '24.2',
      says: 'a larger font_size draws larger texts',
      untested: 'texts are only known to be there: their size is not documented in pixels',
    },
  ],
);
