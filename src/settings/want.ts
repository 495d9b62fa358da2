/** What somebody can say that they need from those who answer them. */
export const wants = ['heard', 'ideas', 'company', 'unsure', 'nothing'] as const;
export type Want = (typeof wants)[number];

/** For how long it holds, unless it is changed, in ms. */
export const needLasts = 24 * 60 * 60_000;
