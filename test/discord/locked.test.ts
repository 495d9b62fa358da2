import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { onPostgres, openTown } from '../town.ts';

/** What members see while another process has locked the database. */

// A lock of SQLite, on its file: for PostgreSQL see store/processes.
it.skipIf(onPostgres)(
  'others are answered, who turns off is told the truth, and is off',
  async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const panel = await town.ben.runs('/nudges');
    const other = new Database(town.database);
    other.exec('begin immediate');
    let isGivenUp = false;
    const pressed = town.ben.presses(panel, 'nudges:off').then((answer) => {
      isGivenUp = true;
      return answer;
    });
    await Promise.all([town.ana.runs('/crisis'), town.cleo.runs('/explain'), town.mo.runs('/reflect')]);
    // They did not wait until it was given up for him.
    expect(isGivenUp).toBe(false);
    expect(await pressed).toShow(sentences('common.yaml')('broken', { code: '' }).split('.')[0] ?? '');
    expect(actionsOf(await town.ben.runs('/nudges'))).toContain('nudges:on');
    other.close();
    await town.restart();
    expect(actionsOf(await town.ben.runs('/nudges'))).toContain('nudges:on');
    expect(town.store.members.hasNotes(town.town.guild.id, town.ben.id)).toBe(false);
  },
  40_000,
);
