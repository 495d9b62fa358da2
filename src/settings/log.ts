import { section, snowflake } from '#settings/section';

/** Where each change of the settings is told. */
export const log = section('log', { channel: snowflake.nullable() }, { channel: null }, { channel: 'log' });
