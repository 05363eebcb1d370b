/** What the camera answers to the requests of one RTSP connection (section 19; RFC 2326, 10). */
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Account } from '../account.ts';
import { createGate } from './authentication.ts';
import { datagramCarrier, interleavedCarrier, type UdpPair } from './carrier.ts';
import { describeStream } from './description.ts';
import type { Program } from './program.ts';
import type { RtspRequest } from './request-reader.ts';
import type { RtspResponse } from './response.ts';
import { createRtpSender } from './rtp-sender.ts';
import type { Sessions, StreamSession } from './session.ts';
import type { StreamTamper } from './stream-tamper.ts';
import { parseStreamUri, type StreamUri, trackPart } from './stream-uri.ts';
import { chooseTransport, type Transport } from './transport-header.ts';

/** The camera behind the connections. */
export interface StreamHost {
  readonly account: Account;
  readonly sessions: Sessions;
  readonly udp: UdpPair;
  readonly tamper: StreamTamper | undefined;
  /** `enable` of 19.7: whether requests need credentials */
  isGuarded(): boolean;
  /** the tracks of the stream at a path as the settings are now, null for an unknown one */
  programs(path: string): readonly Program[] | null;
}

type Method = (request: RtspRequest, target: StreamUri, programs: readonly Program[]) => RtspResponse;

/** As the document's example lists them; of PAUSE and SET_PARAMETER it says that they are not supported. */
const PUBLIC = 'OPTIONS, DESCRIBE, SET_PARAMETER, GET_PARAMETER, SETUP, TEARDOWN, PLAY, PAUSE';
const SERVER: readonly [string, string] = ['Server', 'myipc/1.0.0'];
const NO_SESSION: RtspResponse = { status: 454 };

/** @param out where interleaved packets go */
export function createDialogue(host: StreamHost, socket: Socket, out: Writable = socket): (request: RtspRequest) => RtspResponse {
  const { sessions, tamper } = host;
  const gate = createGate(host.account, tamper?.nonceUses);
  const idIn = ({ headers }: RtspRequest): string | undefined =>
    headers.get('session') ?? (tamper?.sessions?.isNameless ? sessions.idOf(socket) : undefined);
  const sessionOf = (request: RtspRequest): StreamSession | undefined => sessions.find(idIn(request), request.method);
  const sessionHeader = ({ id }: StreamSession): readonly [string, string] => ['Session', `${id};timeout=${sessions.seconds}`];
  let nextChannel = 0;

  const describe: Method = ({ headers }, { path, base }, programs) => {
    const accepted = headers.get('accept') ?? '*/*';
    if (!/application\/(sdp|\*)|\*\/\*/i.test(accepted)) return { status: 406 };
    const body = describeStream(path.slice(1), plain(socket.localAddress), programs);
    return { status: 200, headers: [SERVER, ['Content-Type', 'application/sdp'], ['Content-Base', base]], body };
  };

  const setup: Method = (request, { path, track }, programs) => {
    const transport = chooseTransport(request.headers.get('transport') ?? '');
    if (!transport) return { status: 461 };
    const isNew = idIn(request) === undefined;
    const known = sessionOf(request);
    if (!isNew && !known) return NO_SESSION;
    if (known?.isPlaying) return { status: 455, headers: [['Allow', 'OPTIONS, PLAY, TEARDOWN, GET_PARAMETER']] };
    // The document's example sets up the stream without naming a track: its picture is meant.
    if (known && (known.path !== path || track === null)) return { status: 459 };
    const program = (known?.programs ?? programs)[track ?? 0];
    if (!program) return { status: 404 };
    const session = known ?? sessions.create({ path, owner: socket, programs });
    if (!session) return { status: 453 };
    const answer = addTrack(session, track ?? 0, program, transport);
    return { status: 200, headers: [SERVER, sessionHeader(session), ['Transport', answer]] };
  };

  /** The Transport header that says how the track goes out. */
  const addTrack = (session: StreamSession, track: number, program: Program, transport: Transport): string => {
    const { media } = program;
    const packetTamper = tamper?.packet && ((packet: Parameters<NonNullable<StreamTamper['packet']>>[1]) => tamper.packet?.(media, packet) ?? null);
    const reportTamper = tamper?.report?.bind(tamper);
    const common = { program, tamper: packetTamper, reportTamper, start: tamper?.start };
    if (transport.kind === 'tcp') {
      const asked = transport.channels ?? ([nextChannel, nextChannel + 1] as const);
      const channels = tamper?.channels?.(asked) ?? asked;
      nextChannel = Math.min(254, Math.max(nextChannel, ...channels) + 1);
      const sender = createRtpSender({ ...common, carrier: interleavedCarrier(out, channels) });
      session.tracks.set(track, { program, sender, reports: null });
      return `RTP/AVP/TCP;unicast;interleaved=${channels.join('-')};ssrc=${sender.ssrc}`;
    }
    const address = plain(socket.remoteAddress);
    const carrier = datagramCarrier(host.udp, address, tamper?.ports?.(transport.ports) ?? transport.ports);
    const sender = createRtpSender({ ...common, carrier });
    session.tracks.set(track, { program, sender, reports: { address, port: transport.ports[1] } });
    const own = [host.udp.rtp, host.udp.rtcp].map((each) => each.address().port).join('-');
    const ports = `client_port=${transport.ports.join('-')};source=${plain(socket.localAddress)};server_port=${own}`;
    return `RTP/AVP;unicast;${ports};ssrc=${sender.ssrc}`;
  };

  const play: Method = (request, { path, base, track }) => {
    const session = sessionOf(request);
    if (!session) return NO_SESSION;
    if (session.path !== path) return { status: 455 };
    if (track !== null && session.tracks.size > 1) return { status: 460 };
    const info = [...session.tracks].map(([each, { sender }]) => {
      const { seq, rtptime } = sender.position();
      return `url=${base}${trackPart(each)};seq=${seq};rtptime=${rtptime}`;
    });
    sessions.play(session);
    return {
      status: 200,
      headers: [SERVER, sessionHeader(session), ['Range', 'npt=0.000-'], ['RTP-Info', info.join(',')]],
    };
  };

  const teardown: Method = (request) => {
    const session = sessionOf(request);
    if (!session) return NO_SESSION;
    if (!tamper?.playsOn) sessions.end(session);
    return { status: 200 };
  };

  const getParameter: Method = (request) => {
    const session = sessionOf(request);
    if (!session) return idIn(request) !== undefined ? NO_SESSION : { status: 200 };
    return { status: 200, headers: [sessionHeader(session)] };
  };

  const methods: Readonly<Record<string, Method>> = {
    DESCRIBE: describe,
    SETUP: setup,
    PLAY: play,
    TEARDOWN: teardown,
    GET_PARAMETER: getParameter,
  };

  return (request) => {
    const { method, uri, version, headers } = request;
    const instead = tamper?.request?.(request);
    if (instead) return instead;
    if (version !== 'RTSP/1.0') return { status: /^RTSP\/\d+\.\d+$/.test(version) ? 505 : 400 };
    if (!headers.has('cseq')) return { status: 400 };
    const target = parseStreamUri(uri);
    if (!target && uri !== '*') return { status: 400 };
    if (method === 'OPTIONS') {
      sessionOf(request);
      return { status: 200, headers: [['Public', PUBLIC]] };
    }
    const answer = methods[method];
    if (!answer) return { status: 501 };
    const isRight = !host.isGuarded() || gate.admits(request);
    if (!(tamper?.admits?.(method, isRight, headers.get('authorization')) ?? isRight)) {
      return { status: 401, headers: gate.challenges().map((challenge) => ['WWW-Authenticate', challenge] as const) };
    }
    const programs = target && host.programs(target.path);
    return programs ? answer(request, target, programs) : { status: target ? 404 : 400 };
  };
}

/** Without the prefix of an IPv4 address on an IPv6 socket. */
function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/i, '');
}
