import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { emojiNamed, groups } from '#client/compose/emoji';
import { fieldsOf, piecesOf, problemsOf, valuesAtFirst } from '#client/compose/form-model';
import { addFiles, lengthOf, messageOf, tooLong } from '#client/compose/limits';

describe('forms', () => {
  const label = (component: object) => ({ type: ComponentType.Label, label: 'L', component });
  const options = [
    { label: 'A', value: 'a', default: true },
    { label: 'B', value: 'b' },
  ];
  const modal = {
    title: 'T',
    custom_id: 't',
    components: [
      { type: ComponentType.TextDisplay, content: 'Read this' },
      label({ type: ComponentType.TextInput, custom_id: 'text', style: 1, min_length: 2, max_length: 4 }),
      label({ type: ComponentType.RadioGroup, custom_id: 'radio', required: false, options: [options[1]] }),
      label({ type: ComponentType.CheckboxGroup, custom_id: 'boxes', min_values: 1, max_values: 1, options }),
      label({ type: ComponentType.Checkbox, custom_id: 'box' }),
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.TextInput, custom_id: 'old', label: 'Old', style: 2, required: false }],
      },
    ],
  } as unknown as APIModalInteractionResponseCallbackData;

  it('begin with their defaults, and show everything in its order', () => {
    expect(valuesAtFirst(modal)).toEqual({ text: '', radio: '', boxes: ['a'], box: false, old: '' });
    expect(piecesOf(modal).map((piece) => (piece.kind === 'text' ? piece.content : piece.label))).toEqual([
      'Read this',
      'L',
      'L',
      'L',
      'L',
      'Old',
    ]);
  });

  it('say what is wrong, and send what is there', () => {
    const first = valuesAtFirst(modal);
    expect(problemsOf(modal, first)).toEqual({ text: 'This field is required.' });
    expect(problemsOf(modal, { ...first, text: 'a', boxes: ['a', 'b'] })).toEqual({
      text: 'Must be between 2 and 4 in length.',
      boxes: 'Select at most 1 option.',
    });
    expect(problemsOf(modal, { ...first, text: 'abc', boxes: [] })).toEqual({ boxes: 'This field is required.' });
    expect(fieldsOf(modal, { ...first, text: 'abc' })).toEqual({ text: 'abc', boxes: ['a'], box: false, old: '' });
    expect(fieldsOf(modal, { ...first, radio: 'b' })).toMatchObject({ radio: 'b' });
  });
});

describe('limits', () => {
  it('count an emoji as one character, as the town does', () => {
    expect(lengthOf('👍👍')).toBe(2);
    expect(tooLong('👍'.repeat(2000))).toBeUndefined();
    expect(tooLong('x'.repeat(2001))).toContain('2,000');
  });

  it('keep to so many files, of such a size', () => {
    const file = (name: string, size = 1) => ({ name, size }) as File;
    expect(addFiles([file('a')], [file('b')])).toEqual({ files: [file('a'), file('b')] });
    expect(addFiles([], [file('a'), file('b')], 1)).toMatchObject({
      files: [file('a')],
      problem: 'Only one file fits here.',
    });
    expect(addFiles([], [file('a', 2 ** 30)])).toMatchObject({ files: [], problem: expect.stringContaining('10 MB') });
  });

  it('say what an error says', () => {
    expect(messageOf(new Error('No.'))).toBe('No.');
    expect(messageOf(undefined)).toContain('Something went wrong');
  });
});

describe('emoji', () => {
  it('are found by name, and each has one of its own', () => {
    expect(emojiNamed('hear')[0]?.name).toBe('heart');
    expect(emojiNamed('mending h').map(({ sign }) => sign)).toEqual(['❤️‍🩹']);
    const names = groups.flatMap(({ emoji }) => emoji.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
