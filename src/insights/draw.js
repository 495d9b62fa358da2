// Draws pictures and ends: what Vega takes in memory goes with the process. It reads a list of specifications for Vega
// from stdin and writes a list of PNGs, in base64, to stdout. Nothing is fetched, and no font of the machine is used. Plain JavaScript: Node's
// type stripping would only make it slower.
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';

const family = 'DejaVu Sans';
const fontFiles = ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
  fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)),
);

async function draw(spec) {
  const svg = await new View(parse(spec), { renderer: 'none' }).toSVG();
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: family, sansSerifFamily: family };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font }).render().asPng();
}

const pictures = await Promise.all((await json(process.stdin)).map(draw));
process.stdout.write(JSON.stringify(pictures.map((png) => png.toString('base64'))));
