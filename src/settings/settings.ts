import type { SettingsOf } from '#settings/section';
import * as all from '#settings/sections';

const { support, ...others } = all;
type Other = (typeof others)[keyof typeof others];
/** All sections, `support` first: without it there is no mode. */
export const sections: readonly [typeof support, ...Other[]] = [support, ...Object.values<Other>(others)];

/** What the moderators of one guild chose, section by section. */
export type Settings = SettingsOf<typeof sections>;
export type SectionName = keyof Settings;
/** Sections to save; those that are not named keep what is there. */
export type Changes = Partial<Settings>;

/** A guild that never set anything up: nothing is read. */
export const defaultSettings = Object.freeze(
  Object.fromEntries(sections.map((section) => [section.name, section.default])),
) as Settings;
