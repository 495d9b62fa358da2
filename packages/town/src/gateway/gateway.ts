/** Discord's gateway: sockets that say hello, identify or resume, beat, and hear of what happens. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close, GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { asObject, isObject, type Json } from '#checks/read';
import { bare, identifyIn, readyLook, shardOf } from '#gateway/identify';
import { hears, mayKnow, readable } from '#gateway/intents';
import { sendMembers } from '#gateway/members';
import { createSession, type Session, write } from '#gateway/session';
import { guildCreateLook } from '#world/guild-look';
import type { World, WorldEvent } from '#world/world';

/** Of a message from a client, in bytes. Discord's own limit is lower. */
const largest = 16 * 1024;

export type GatewayOptions = { token: string; heartbeatMs: number; perShard: number };

export type Watcher = (what: 'identified' | 'resumed' | 'gone', session: Session) => void;

export type Gateway = {
  /** What the bot may do to its own connection; the last one is the newest. */
  readonly sessions: readonly Session[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts every socket. With `resumable: false` the sessions are forgotten, and a resume gets op 9. */
  drop(how?: { resumable?: boolean; code?: number }): void;
  /** Asks every client to come back (op 7). */
  reconnect(): void;
  /** Tells every client that its session is invalid (op 9). */
  invalidateSession(resumable?: boolean): void;
  /** Asks every client for a heartbeat at once (op 1). */
  askForHeartbeat(): void;
  /** Heartbeats are no longer acknowledged, as on a connection that has died without telling. */
  goSilent(silent?: boolean): void;
  /** Keeps events back until the returned function is called; then they arrive in order. */
  hold(): () => void;
  /** The newest event of this type once more, as Discord may send it twice. */
  repeat(t?: string): void;
  /** Identifies and resumes so far. */
  readonly greeted: { identifies: number; resumes: number; heartbeats: number };
  /** Tells when sessions begin, resume, or lose their socket. Returns how to stop. */
  watch(watcher: Watcher): () => void;
  close(): void;
};

export function createGateway(world: World, options: GatewayOptions): Gateway {
  const server = new WebSocketServer({ noServer: true, maxPayload: largest });
  const sessions: Session[] = [];
  /** Every open socket with the session that it speaks for, once it has identified. */
  const sockets = new Map<WebSocket, Session | undefined>();
  const greeted = { identifies: 0, resumes: 0, heartbeats: 0 };
  let held: WorldEvent[] | undefined;
  let silent = false;
  const newest = new Map<string, WorldEvent>();
  const watchers = new Set<Watcher>();
  const tellOf: Watcher = (what, session) => {
    for (const watcher of [...watchers]) watcher(what, session);
  };

  const tell = (event: WorldEvent) => {
    if (!mayKnow(world, event, world.bot.user.id)) return;
    newest.set(event.t, event);
    for (const session of sessions) {
      const [shard, count] = session.shard;
      if (shardOf(event.guild, count) !== shard || !hears(event, session.intents)) continue;
      session.dispatch(event.t, dataFor(event, session));
    }
  };
  const dataFor = (event: WorldEvent, session: Session): object => {
    const guild = event.t === 'GUILD_CREATE' && event.guild ? world.guilds.get(event.guild) : undefined;
    if (guild) return guildCreateLook(world, guild, (session.intents & Intent.GuildMembers) !== 0);
    return readable(world, event, session.intents);
  };
  const stop = world.listen((event) => {
    if (held) held.push(event);
    else tell(event);
  });

  function identify(socket: WebSocket, d: Json): Session | undefined {
    greeted.identifies += 1;
    const asked = identifyIn(world, d, options);
    if ('code' in asked) {
      socket.close(asked.code, asked.reason);
      return undefined;
    }
    const { intents, shard, guilds } = asked;
    const session = createSession(intents, shard);
    for (const old of sessions.filter((one) => one.shard[0] === shard[0] && !one.connected)) forget(old);
    sessions.push(session);
    session.attach(socket);
    session.dispatch('READY', readyLook(world, session, guilds));
    if ((intents & Intent.Guilds) === 0) return session;
    // Of a guild with an outage nothing more is said until it is back.
    for (const guild of guilds.filter(({ available }) => available))
      session.dispatch('GUILD_CREATE', guildCreateLook(world, guild, (intents & Intent.GuildMembers) !== 0));
    return session;
  }

  function resume(socket: WebSocket, d: Json): Session | undefined {
    greeted.resumes += 1;
    if (bare(d.token) !== options.token) {
      socket.close(Close.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const session = sessions.find((one) => one.id === d.session_id && one.resumable);
    const seq = typeof d.seq === 'number' ? d.seq : 0;
    session?.socket?.terminate();
    session?.attach(socket);
    if (!session?.replay(seq)) {
      if (session) forget(session);
      write(socket, { op: Op.InvalidSession, d: false });
      return undefined;
    }
    session.dispatch('RESUMED', { _trace: [] });
    return session;
  }

  const forget = (session: Session) => {
    session.resumable = false;
    const at = sessions.indexOf(session);
    if (at >= 0) sessions.splice(at, 1);
  };

  function greet(socket: WebSocket, session: Session | undefined, how: 'identified' | 'resumed') {
    if (!session) return;
    sockets.set(socket, session);
    tellOf(how, session);
  }

  function converse(socket: WebSocket) {
    sockets.set(socket, undefined);
    write(socket, { op: Op.Hello, d: { heartbeat_interval: options.heartbeatMs, _trace: [] } });
    socket.on('close', (code) => {
      const session = sockets.get(socket);
      sockets.delete(socket);
      session?.detach(socket);
      // A client that says goodbye in the ordinary way ends its session.
      if (session) tellOf('gone', session);
      if (session && (code === 1000 || code === 1001) && session.socket === undefined) forget(session);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      try {
        hear(socket, String(data));
      } catch {
        // Fields may hold anything.
        socket.close(Close.DecodeError, 'Error while decoding payload.');
      }
    });
  }

  function hear(socket: WebSocket, text: string) {
    const payload = parse(text);
    if (!payload) return socket.close(Close.DecodeError, 'Error while decoding payload.');
    const d = asObject(payload.d);
    const session = sockets.get(socket);
    switch (payload.op) {
      case Op.Heartbeat:
        greeted.heartbeats += 1;
        if (!silent) write(socket, { op: Op.HeartbeatAck });
        return;
      case Op.Identify:
        if (session) return socket.close(Close.AlreadyAuthenticated, 'Already authenticated.');
        greet(socket, identify(socket, d), 'identified');
        return;
      case Op.Resume:
        if (session) return socket.close(Close.AlreadyAuthenticated, 'Already authenticated.');
        greet(socket, resume(socket, d), 'resumed');
        return;
      case Op.RequestGuildMembers:
        if (session) sendMembers(world, session, d);
        else socket.close(Close.NotAuthenticated, 'Not authenticated.');
        return;
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestSoundboardSounds:
        if (!session) socket.close(Close.NotAuthenticated, 'Not authenticated.');
        return;
      default:
        return socket.close(Close.UnknownOpcode, 'Unknown opcode.');
    }
  }

  return {
    sessions,
    greeted,
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => {
        const version = new URL(request.url ?? '/', 'http://town').searchParams.get('v');
        if (version !== null && version !== '10') client.close(Close.InvalidAPIVersion, 'Invalid API version.');
        else converse(client);
      });
    },
    drop({ resumable = true, code } = {}) {
      if (!resumable) for (const session of [...sessions]) forget(session);
      for (const socket of sockets.keys()) code === undefined ? socket.terminate() : socket.close(code);
    },
    reconnect() {
      for (const socket of sockets.keys()) write(socket, { op: Op.Reconnect, d: null });
    },
    invalidateSession(resumable = false) {
      if (!resumable) for (const session of [...sessions]) forget(session);
      for (const [socket, session] of sockets) {
        session?.detach(socket);
        sockets.set(socket, undefined);
        write(socket, { op: Op.InvalidSession, d: resumable });
      }
    },
    askForHeartbeat() {
      for (const socket of sockets.keys()) write(socket, { op: Op.Heartbeat, d: null });
    },
    goSilent(quiet = true) {
      silent = quiet;
    },
    hold() {
      const mine: WorldEvent[] = [];
      held = mine;
      return () => {
        if (held === mine) held = undefined;
        for (const event of mine.splice(0)) tell(event);
      };
    },
    repeat(t = 'MESSAGE_CREATE') {
      const event = newest.get(t);
      if (!event) throw new Error(`There has been no ${t} yet.`);
      tell(event);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    close() {
      stop();
      for (const socket of sockets.keys()) socket.terminate();
      server.close();
    },
  };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
