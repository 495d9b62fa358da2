import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedData } from '../sentences.ts';

/** The words that ship, and a few of them in German. */
export function germanData(): string {
  const data = join(mkdtempSync(join(tmpdir(), 'attune-german-')), 'data');
  cpSync(shippedData, data, { recursive: true });
  const files = {
    'note.yaml': { heading: 'Eine leise Notiz, nur für dich' },
    'commands/setup.yaml': { logged: '{who} hat Einstellungen geändert.' },
    'commands/prompts.yaml': {
      logAdded: '{who} hat Worte hinzugefügt: {words}',
      logChanged: '{who} hat Worte geändert: {from} → {to}',
      logRemoved: '{who} hat Worte entfernt: {words}',
    },
    'commands/setup/keep.yaml': { deletedBy: '{who} löscht alles.' },
    'commands/reflect.yaml': { sharedBy: 'Von {who} mit /reflect geteilt' },
  };
  for (const [file, words] of Object.entries(files)) {
    mkdirSync(join(data, 'de', 'commands', 'setup'), { recursive: true });
    writeFileSync(join(data, 'de', file), JSON.stringify(words));
  }
  return data;
}
