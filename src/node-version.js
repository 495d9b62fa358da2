// Imported first, and in words that old Nodes understand too: what comes after would end in a SyntaxError there.
import { writeSync } from 'node:fs';

const { node } = process.versions;
if (Number(node.split('.')[0]) < 24) {
  writeSync(
    2,
    `Attune needs Node 24 or newer, and this is ${node}.
"npm ci" brings it along (not with --omit=dev or --ignore-scripts); then start with "npm start".
Or install it from https://nodejs.org.
`,
  );
  process.exit(1);
}
