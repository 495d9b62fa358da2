import { expect, test } from 'vitest';
import { ApiError, apiError, createForm, invalid } from '#api-error';

test('a form gathers all that is wrong by path, and is silent when nothing is', () => {
  createForm().done();
  const form = createForm();
  form.wrong(['components', 0, 'label'], 'A', 'first');
  form.wrong(['components', 0, 'label'], 'B', 'second');
  form.wrong(['content'], 'C', 'third');
  expect(() => form.done()).toThrow(ApiError);
  const body = (() => {
    try {
      form.done();
    } catch (error) {
      return error instanceof ApiError ? error.body() : undefined;
    }
  })();
  expect(body).toEqual({
    code: 50035,
    message: 'Invalid Form Body',
    errors: {
      components: {
        0: {
          label: {
            _errors: [
              { code: 'A', message: 'first' },
              { code: 'B', message: 'second' },
            ],
          },
        },
      },
      content: { _errors: [{ code: 'C', message: 'third' }] },
    },
  });
});

test('one fault alone, and those without a form', () => {
  expect(() => invalid(['x'], 'A', 'wrong')).toThrow('Invalid Form Body');
  expect(apiError.closedDms().body()).toEqual({ code: 50007, message: 'Cannot send messages to this user' });
});
