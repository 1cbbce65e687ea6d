import type { Context } from "../context";
import { type EventView, latestEvent, readEvents, visibleEvents } from "../events/queries";
import { log } from "../log";
import { checkPasses, type Pass } from "./access";
import { type Listener, listen } from "./listener";

export type Subscription = {
  ctx: Context;
  pass: Pass;
  /** Number of the last event the subscriber has; everything behind it is delivered, each once, in order. */
  last: number;
  deliver(events: EventView[]): void;
  /** The pass holds no longer, or the server ends. */
  end(): void;
};

type Subscriber = Subscription & { isCaughtUp: boolean; isOver: boolean };

type Room = { subscribers: Set<Subscriber>; seq: number; target: number; isReading: boolean };

type Live = { rooms: Map<string, Room>; listener: Listener; recheck: ReturnType<typeof setInterval> };

const emptyRoom = (seq: number): Room => ({ subscribers: new Set(), seq, target: seq, isReading: false });

/** How many events one read brings. */
const batch = 500;

/** How often passes are looked at although nothing happened, in milliseconds. */
const recheckEvery = 4_000;

// One per process: every route's bundle has its own copy of this module.
const shared = globalThis as unknown as { __wheelhouseLive?: Live };

function over(room: Room, subscriber: Subscriber): void {
  subscriber.isOver = true;
  room.subscribers.delete(subscriber);
  subscriber.end();
}

/** Ends the subscriptions whose pass was taken back and renews what the others may see. */
async function recheck(workspaceId: string, room: Room): Promise<void> {
  const subscribers = [...room.subscribers];
  if (subscribers.length === 0) return;
  const { sessions, keys } = await checkPasses(
    workspaceId,
    subscribers.map(({ pass }) => pass),
  );
  for (const subscriber of subscribers) {
    const { pass, ctx } = subscriber;
    const holder = pass.kind === "session" ? sessions.get(pass.id) : keys.has(pass.id) ? ctx : undefined;
    if (!holder) over(room, subscriber);
    else subscriber.ctx = { ...ctx, roles: holder.roles, spokeId: holder.spokeId, teamId: holder.teamId };
  }
}

const sight = ({ ctx }: Subscriber) => JSON.stringify([ctx.memberId, ctx.roles, ctx.spokeId, ctx.teamId]);

/** Hands a batch to everybody who is up to date; readers who see the same are asked about once. */
async function fanOut(room: Room, events: EventView[]): Promise<void> {
  const seen = new Map<string, Promise<EventView[]>>();
  const last = events.at(-1)?.seq ?? 0;
  for (const subscriber of [...room.subscribers].filter((each) => each.isCaughtUp)) {
    const key = sight(subscriber);
    const asked = seen.get(key) ?? visibleEvents(subscriber.ctx, events);
    seen.set(key, asked);
    const visible = await asked;
    if (subscriber.isOver || subscriber.last >= last) continue;
    subscriber.deliver(visible.filter((event) => event.seq > subscriber.last));
    subscriber.last = last;
  }
}

async function readOn(workspaceId: string, room: Room): Promise<void> {
  if (room.isReading) return;
  room.isReading = true;
  try {
    while (room.seq < room.target && room.subscribers.size > 0) {
      const events = await readEvents(workspaceId, room.seq, batch);
      const last = events.at(-1)?.seq;
      if (last === undefined) break;
      await recheck(workspaceId, room); // after the read: who lost her pass before an event does not get it
      // Before the first wait, so that a newcomer either stands in this round or reads the batch herself.
      room.seq = last;
      room.target = Math.max(room.target, last);
      await fanOut(room, events);
    }
  } catch (error) {
    log.warn({ err: error }, "live events could not be delivered; who missed them is asked to come back");
    for (const subscriber of [...room.subscribers])
      if (subscriber.isCaughtUp && subscriber.last < room.seq) over(room, subscriber);
  } finally {
    room.isReading = false;
  }
}

function start(): Live {
  const rooms = new Map<string, Room>();
  const listener = listen({
    notice(workspaceId, seq) {
      const room = rooms.get(workspaceId);
      if (!room) return;
      room.target = Math.max(room.target, seq);
      void readOn(workspaceId, room);
    },
    restored: () => void catchUpRooms(rooms),
  });
  const recheckAll = async () => {
    for (const [workspaceId, room] of rooms) {
      await recheck(workspaceId, room).catch(() => undefined);
      if (room.seq < room.target) void readOn(workspaceId, room);
    }
  };
  const timer = setInterval(() => void recheckAll(), recheckEvery);
  timer.unref();
  return { rooms, listener, recheck: timer };
}

async function catchUpRooms(rooms: Map<string, Room>): Promise<void> {
  for (const [workspaceId, room] of rooms) {
    try {
      room.target = Math.max(room.target, await latestEvent(workspaceId));
      await readOn(workspaceId, room);
    } catch {
      // The connection is gone again; its return comes here again.
    }
  }
}

async function enterRoom(live: Live, workspaceId: string): Promise<Room> {
  const found = live.rooms.get(workspaceId);
  if (found && found.subscribers.size > 0) return found;
  const seq = await latestEvent(workspaceId);
  const room = live.rooms.get(workspaceId) ?? emptyRoom(seq);
  live.rooms.set(workspaceId, room);
  if (room.subscribers.size === 0 && !room.isReading) room.seq = room.target = Math.max(room.target, seq);
  return room;
}

/** Brings a newcomer from her last event to where the room stands; from then on the room carries her. */
async function catchUp(workspaceId: string, room: Room, subscriber: Subscriber): Promise<void> {
  while (!subscriber.isOver && subscriber.last < room.seq) {
    const events = await readEvents(workspaceId, subscriber.last, batch);
    const last = events.at(-1)?.seq;
    if (last === undefined) break;
    const visible = await visibleEvents(subscriber.ctx, events);
    if (subscriber.isOver) return;
    subscriber.deliver(visible);
    subscriber.last = last;
  }
  subscriber.isCaughtUp = true;
  await readOn(workspaceId, room);
}

/** Delivers the workspace's events behind `last` until the answered function is called, or the pass is taken back. */
export function subscribe(subscription: Subscription): () => void {
  shared.__wheelhouseLive ??= start();
  const live = shared.__wheelhouseLive;
  const { workspaceId } = subscription.ctx;
  const subscriber: Subscriber = { ...subscription, isCaughtUp: false, isOver: false };
  let room: Room | undefined;
  const begin = async () => {
    room = await enterRoom(live, workspaceId);
    if (subscriber.last > room.target) subscriber.last = Math.min(subscriber.last, await latestEvent(workspaceId));
    if (subscriber.isOver) return;
    room.subscribers.add(subscriber);
    await catchUp(workspaceId, room, subscriber);
  };
  begin().catch((error: unknown) => {
    log.warn({ err: error }, "a live stream could not begin");
    if (!subscriber.isOver) over(room ?? emptyRoom(0), subscriber);
  });
  return () => {
    subscriber.isOver = true;
    room?.subscribers.delete(subscriber);
  };
}

/** Ends every subscription and the listening connection. */
export async function closeLive(): Promise<void> {
  const live = shared.__wheelhouseLive;
  if (!live) return;
  shared.__wheelhouseLive = undefined;
  clearInterval(live.recheck);
  for (const room of live.rooms.values()) for (const subscriber of [...room.subscribers]) over(room, subscriber);
  await live.listener.close();
}
