export const paces = ['every', 'day', 'week'] as const;
/** How often a member gets a note at most: every time, once a day, once a week. */
export type Pace = (typeof paces)[number];

/** Stands for a pace that a later version wrote. */
export const gentlest: Pace = 'week';

const day = 24 * 60 * 60_000;
/**
 * The least time from the beginning of the day (UTC) of one note to the next, in ms. The hour is not kept: it would
 * follow the reply by a fixed pause, and so name its writer to somebody who has the database and can read the channel.
 * The day that is more leaves a whole day or week in between.
 */
export const leastBetween: Readonly<Record<Pace, number>> = { every: 0, day: 2 * day, week: 8 * day };

/**
 * After one of these the next may come on the day that begins within this time, in ms: that day is kept and no time.
 * Eight days leave a whole week between two lines about replies that land well.
 */
export const nextAfter = { landed: 8 * day, thanks: day } as const;

/** The gentler of two paces. */
export const gentler = (one: Pace, other: Pace): Pace => (leastBetween[one] >= leastBetween[other] ? one : other);

/** What members may choose where nothing is to come faster than `fastest`. */
export const pacesFrom = (fastest: Pace): readonly Pace[] => paces.filter((pace) => gentler(pace, fastest) === pace);
