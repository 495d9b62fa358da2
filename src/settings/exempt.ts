import { ids, section } from '#settings/section';

/** Where, and of whom, nothing is read although the channel is below a chosen one. */
export const exempt = section(
  'exempt',
  {
    /** Channels and categories. */
    channels: ids(500),
    /** Members with one of these roles get no notes and are not counted: staff, clinicians. */
    roles: ids(250),
  },
  { channels: [], roles: [] },
  { channels: 'channel', roles: 'role' },
);
