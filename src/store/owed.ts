import type { Member, Members } from '#store/members';
import type { Person } from '#store/person';

/**
 * What members took back and the database did not take. They are silenced at once, so it is as good as done: whoever
 * looks again sees it done, and it is tried again until it is.
 */
export type Owed = {
  members: Members;
  person: Person;
  /** Tries again what is owed. Never fails. It is done every few seconds as well: other processes do not know of it. */
  settle(): Promise<void>;
  /** Tries it once more, for the last time. */
  close(): Promise<void>;
};

/** In ms. */
const again = 2_000;

export function oweWhatFailed(members: Members, person: Person): Owed {
  type Debt<T = unknown> = { pay: () => Promise<T>; seenAs: Partial<Member> };
  const owed = new Map<string, Debt>();
  const payOff = async <T>(name: string, debt: Debt<T>): Promise<T> => {
    const done = await debt.pay();
    // What came to be owed meanwhile still is.
    if (owed.get(name) === debt) owed.delete(name);
    return done;
  };
  const owe = async <T>(name: string, seenAs: Partial<Member>, pay: () => Promise<T>): Promise<T> => {
    const debt = { pay, seenAs };
    owed.set(name, debt);
    try {
      return await payOff(name, debt);
    } catch (error) {
      settleSoon();
      throw error;
    }
  };
  let next: NodeJS.Timeout | undefined;
  let isClosed = false;
  const settleSoon = () => {
    if (isClosed || owed.size === 0) return;
    next ??= setTimeout(() => {
      next = undefined;
      void settle().then(settleSoon);
    }, again).unref();
  };
  const settle = async () => {
    for (const [name, debt] of [...owed]) {
      // Said yes to again, while the others were paid.
      if (owed.get(name) !== debt) continue;
      await payOff(name, debt).catch(() => undefined);
    }
  };
  const here = (guild: string, user: string) => `${guild}/${user}`;
  const nothing = { notes: false, thanks: false, postsLeftOut: false };
  const { turnOff, receiveThanks, forget } = members;
  type Part = { pay: (guild: string, user: string) => Promise<void>; seenAs: Partial<Member> };
  const parts = {
    notes: { pay: turnOff, seenAs: { notes: false } },
    thanks: { pay: (guild, user) => receiveThanks(guild, user, false), seenAs: { thanks: false } },
  } satisfies Record<string, Part>;
  type PartName = keyof typeof parts;
  const partsOf = (guild: string, user: string) => ({
    notes: `${here(guild, user)}/notes`,
    thanks: `${here(guild, user)}/thanks`,
  });

  const takeBack = (part: PartName, guild: string, user: string) => {
    const { pay, seenAs } = parts[part];
    return owe(partsOf(guild, user)[part], seenAs, () => pay(guild, user));
  };

  /**
   * Who was to be forgotten is forgotten first, and what they choose now stays. Nothing is waited for before both have
   * their turn: what is taken back later must come later. If they could not be forgotten, this choice goes with the rest.
   */
  async function choose(guild: string, user: string, put: () => Promise<void>): Promise<void> {
    const forgetting = [user, here(guild, user)].flatMap((name) => {
      const debt = owed.get(name);
      return debt ? [payOff(name, debt)] : [];
    });
    const ends = await Promise.allSettled([...forgetting, put()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** A yes ends what is owed of the same, and of no more. */
  async function giveAgain(part: PartName, guild: string, user: string, give: () => Promise<void>): Promise<void> {
    // Before anything is waited for: what was taken back earlier must not come after this.
    const own = partsOf(guild, user)[part];
    const debt = owed.get(own);
    owed.delete(own);
    await choose(guild, user, give).catch((error: unknown) => {
      if (debt && !owed.has(own)) owed.set(own, debt);
      throw error;
    });
  }

  /** Memory may be read anew from a database that has not taken it yet. */
  const isOwed = (part: PartName, guild: string, user: string) =>
    owed.size > 0 && [user, here(guild, user), partsOf(guild, user)[part]].some((name) => owed.has(name));

  return {
    members: {
      ...members,
      turnOff: (guild, user) => takeBack('notes', guild, user),
      turnOn: (guild, user) => giveAgain('notes', guild, user, () => members.turnOn(guild, user)),
      receiveThanks: (guild, user, receive) =>
        receive
          ? giveAgain('thanks', guild, user, () => receiveThanks(guild, user, true))
          : takeBack('thanks', guild, user),
      leavePostsOut: (guild, user, out) => {
        const put = () => members.leavePostsOut(guild, user, out);
        return out ? choose(guild, user, put) : put();
      },
      forget: (guild, user) => owe(here(guild, user), nothing, () => forget(guild, user)),
      hasNotes: (guild, user) => members.hasNotes(guild, user) && !isOwed('notes', guild, user),
      hasThanks: (guild, user) => members.hasThanks(guild, user) && !isOwed('thanks', guild, user),
      of: async (guild, user) => {
        const { notes, thanks } = partsOf(guild, user);
        const names = [user, here(guild, user), notes, thanks];
        return Object.assign({ ...(await members.of(guild, user)) }, ...names.map((name) => owed.get(name)?.seenAs));
      },
    },
    person: { ...person, forget: (user) => owe(user, nothing, () => person.forget(user)) },
    settle,
    close() {
      isClosed = true;
      clearTimeout(next);
      return settle();
    },
  };
}
