import type { SettingsOf } from '#settings/section';
import { support } from '#settings/support';

/** All sections. A new one is a file of its own and one more name here. */
export const sections = [support] as const;

/** What the moderators of one guild chose, section by section. */
export type Settings = SettingsOf<typeof sections>;
export type SectionName = keyof Settings;
/** Sections to save; those that are not named keep what is there. */
export type Changes = Partial<Settings>;

/** A guild that never set anything up: nothing is read. */
export const defaultSettings = Object.freeze(
  Object.fromEntries(sections.map((section) => [section.name, section.default])),
) as Settings;
