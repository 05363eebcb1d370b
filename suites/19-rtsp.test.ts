/** 19: this file says what is asked and in which order; how, is in the files of `19-rtsp/`, one for each part of the section. */
import { rtsp } from '../lib/document/sections/19-rtsp.ts';
import { section } from '../lib/execution/section.ts';
import { answersOptions, refusalsRepeatSequence } from './19-rtsp/19.1-options.ts';
import { describesStream, refusesUnknownStream } from './19-rtsp/19.2-describe.ts';
import { givesEachSessionItsId, refusesSetupWithoutTransport, setsUpTracks } from './19-rtsp/19.3-setup.ts';
import { keepsItsSource, numbersPackets, sendsDecodableVideo, sendsPacketsAsDescribed } from './19-rtsp/19.4-packets.ts';
import { keepsPlaying, playsStream, refusesUnknownSession } from './19-rtsp/19.4-play.ts';
import { endsSession } from './19-rtsp/19.5-teardown.ts';
import { hasAudioTracksAsSet } from './19-rtsp/19.8-audio-tracks.ts';
import { demandsAuthentication } from './19-rtsp/19.8-authentication.ts';
import { readsWhatClientsMaySend, refusesAnotherVersion, servesOrdinaryLibrary } from './19-rtsp/19-rules-of-rtsp.ts';
import { checksSessions, keepsSessions, servesFourViewers, servesStartingViewer } from './19-rtsp/19-sessions.ts';
import { isWatchedLong, ROUTES } from './19-rtsp/routes.ts';

section(rtsp, (api) => {
  // Before the settings are tried: that of the authentication decides whether anything is refused.
  refusalsRepeatSequence(api);

  api.generic();

  for (const route of ROUTES) {
    if (route.transport === 'tcp') {
      answersOptions(api, route);
      describesStream(api, route);
    }
    setsUpTracks(api, route);
    playsStream(api, route);
    if (isWatchedLong(route)) keepsPlaying(api, route);
    sendsPacketsAsDescribed(api, route);
    numbersPackets(api, route);
    sendsDecodableVideo(api, route);
    endsSession(api, route);
  }

  keepsItsSource(api);
  keepsSessions(api);
  givesEachSessionItsId(api);
  servesFourViewers(api);
  servesStartingViewer(api);
  refusesUnknownStream(api);
  refusesSetupWithoutTransport(api);
  refusesUnknownSession(api);
  checksSessions(api);
  refusesAnotherVersion(api);
  readsWhatClientsMaySend(api);
  servesOrdinaryLibrary(api);

  demandsAuthentication(api);
  hasAudioTracksAsSet(api);
});
