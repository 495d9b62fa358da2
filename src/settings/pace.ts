export const paces = ['every', 'day', 'week'] as const;
/** How often a member gets a note at most: every time, once a day, once a week. */
export type Pace = (typeof paces)[number];

/** Stands for a pace that a later version wrote. */
export const gentlest: Pace = 'week';

const day = 24 * 60 * 60_000;
/** The least time from one note to the next, in ms. */
export const leastBetween: Readonly<Record<Pace, number>> = { every: 0, day, week: 7 * day };

/** The gentler of two paces. */
export const gentler = (one: Pace, other: Pace): Pace => (leastBetween[one] >= leastBetween[other] ? one : other);

/** What members may choose where nothing is to come faster than `fastest`. */
export const pacesFrom = (fastest: Pace): readonly Pace[] => paces.filter((pace) => gentler(pace, fastest) === pace);
