import { expect, it } from 'vitest';
import { createInStep } from '#discord/servers';

it('where something of a server was not written, all are looked at once more, until that is written', async () => {
  let looks = 0;
  let isAway = false;
  const { write, catchUp } = createInStep(async () => {
    looks += 1;
    if (isAway) throw new Error('away');
  });
  await write(Promise.resolve());
  await catchUp();
  expect(looks).toBe(0);
  isAway = true;
  await expect(write(Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(catchUp()).rejects.toThrow('away');
  isAway = false;
  await catchUp();
  await catchUp();
  expect(looks).toBe(2);
});
