import { describe, expect, it } from 'vitest';
import { createChecker, type Exchange } from './check.ts';
import { shape } from './schema.ts';

const snowflake = { type: 'string', pattern: '^(0|[1-9][0-9]*)$' };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const refused = { '4XX': { $ref: '#/components/responses/Refused' } };

/** A small API with the shapes that Discord's document uses. */
const document = {
  openapi: '3.1.0',
  paths: {
    '/notes': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: { 200: json({ type: 'array', items: named('Note') }), ...refused },
      },
      post: {
        requestBody: {
          required: true,
          content: { ...json(named('NewNote')).content, 'multipart/form-data': { schema: { type: 'object' } } },
        },
        responses: { 200: json(named('Note')), 429: { $ref: '#/components/responses/TooMany' }, ...refused },
      },
    },
    '/notes/{note_id}': {
      parameters: [{ name: 'note_id', in: 'path', required: true, schema: named('Id') }],
      get: { responses: { 200: json(named('Note')), ...refused } },
      delete: { responses: { 204: {}, ...refused } },
    },
    '/notes/@mine': { get: { responses: { 200: json(named('Note')), ...refused } } },
    '/notes/{note_id}/picture': { get: { responses: { 200: { content: { 'image/png': {} } } } } },
  },
  components: {
    responses: { Refused: json(named('Error')), TooMany: json(named('TooMany')) },
    schemas: {
      Id: snowflake,
      Error: { type: 'object', properties: { code: { type: 'integer' } }, required: ['code'] },
      TooMany: { allOf: [named('Error'), { type: 'object', required: ['retry_after', 'global'] }] },
      Note: {
        type: 'object',
        properties: {
          id: named('Id'),
          written: { type: 'string', format: 'date-time' },
          parent: { oneOf: [{ type: 'null' }, named('Note')] },
        },
        required: ['id'],
      },
      NewNote: {
        type: 'object',
        properties: {
          text: { type: ['string', 'null'], maxLength: 10 },
          parts: { type: 'array', items: { oneOf: [named('Button'), named('Row')] } },
        },
      },
      Button: {
        type: 'object',
        properties: { type: { enum: [2] }, label: { type: 'string', maxLength: 5 } },
        required: ['type', 'label'],
      },
      Row: {
        type: 'object',
        properties: {
          type: { const: 1 },
          components: { type: 'array', items: { oneOf: [named('Button'), named('Row')] } },
        },
        required: ['type', 'components'],
      },
    },
  },
};

const { check } = createChecker(document);
const note = { id: '17' };
const get = (path: string, rest: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path,
  status: 200,
  response: note,
  ...rest,
});
const post = (request: unknown, rest: Partial<Exchange> = {}): Exchange => ({
  method: 'POST',
  path: '/api/v10/notes',
  request,
  status: 200,
  response: note,
  ...rest,
});
const row = (...components: object[]) => ({ type: 1, components });
const button = (label: string) => ({ type: 2, label });

describe('leaves alone', () => {
  const fine: Record<string, Exchange> = {
    'a request and its answer': post({ text: 'hello' }),
    'keys that nobody documented': post({ text: 'hello', enforce_nonce: true }, { response: { ...note, more: 1 } }),
    'a null where the schema allows it': post({ text: null }),
    'one form of several': post({ parts: [button('yes'), row(button('no'), row())] }),
    'an answer that holds itself': get('/notes/17', { response: { ...note, parent: { ...note, parent: null } } }),
    'a path with the prefix': get('/api/v10/notes/17'),
    'a path without a version': get('/api/notes/17'),
    'a path without the prefix': get('/notes/17'),
    'a literal path beside a template': get('/api/v10/notes/@mine'),
    'a literal path with an encoded @': get('/api/v10/notes/%40mine'),
    'a query in its bounds': get('/notes', { query: { limit: '50' }, response: [note] }),
    'a query that nobody documented': get('/notes', { query: { with_localizations: 'true' }, response: [] }),
    'nothing where nothing is documented': { method: 'DELETE', path: '/notes/17', status: 204 },
    'null where nothing is documented': { method: 'DELETE', path: '/notes/17', status: 204, response: null },
    'a refusal': post({}, { status: 400, response: { code: 50035, message: 'Invalid Form Body' } }),
    'a rate limit': post({}, { status: 429, response: { code: 0, retry_after: 1, global: false } }),
    'a server that breaks down': post({}, { status: 500, response: 'oops' }),
    'a picture': get('/notes/17/picture', { response: undefined }),
  };
  it.each(Object.entries(fine))('%s', (_, exchange) => expect(check(exchange).faults).toEqual([]));
});

describe('finds', () => {
  const faults: Record<string, [exchange: Exchange, side: string, at: string, problem: RegExp]> = {
    'an unknown route': [get('/api/v10/letters/123456789'), 'path', '', /not documented/],
    'an unknown method': [get('/notes/17', { method: 'PUT' }), 'path', '', /documented for GET, DELETE only/],
    'a malformed id in the path': [get('/notes/abc'), 'path', 'note_id', /pattern/],
    'a query out of bounds': [get('/notes', { query: { limit: '101' }, response: [] }), 'query', 'limit', /<= 100/],
    'a missing body': [post(undefined), 'request', '', /must be given/],
    'a text too long': [post({ text: 'secret secret' }), 'request', '/text', /more than 10/],
    'the one wrong place in a union in a union': [
      post({ parts: [button('yes'), row(button('no'), button('perhaps'))] }),
      'request',
      '/parts/1/components/1/label',
      /more than 5/,
    ],
    'a form that does not exist': [post({ parts: [{ type: 9 }] }), 'request', '/parts/0', /none of its forms/],
    'a form that lacks something': [post({ parts: [{ type: 2 }] }), 'request', '/parts/0', /required property 'label'/],
    'an undocumented status': [get('/notes/17', { status: 201 }), 'status', '', /not documented/],
    'a route that the server lacks': [get('/notes/17', { status: 501 }), 'status', '', /not documented/],
    'an answer without its id': [get('/notes/17', { response: {} }), 'response', '', /required property 'id'/],
    'a number for an id': [get('/notes/17', { response: { id: 17 } }), 'response', '/id', /must be string/],
    'a time that is none': [
      get('/notes/17', { response: { ...note, written: 'now' } }),
      'response',
      '/written',
      /date/,
    ],
    'a fault deep in an answer': [
      get('/notes', { response: [note, { ...note, parent: {} }] }),
      'response',
      '/1/parent',
      /id/,
    ],
    'an answer where none is documented': [
      { method: 'DELETE', path: '/notes/17', status: 204, response: {} },
      'response',
      '',
      /empty/,
    ],
    'a refusal without its code': [post({}, { status: 403, response: {} }), 'response', '', /code/],
    'a rate limit without its time': [post({}, { status: 429, response: { code: 0 } }), 'response', '', /retry_after/],
  };
  it.each(Object.entries(faults))('%s', (_, [exchange, side, at, problem]) => {
    const found = check(exchange).faults;
    expect(found[0]).toMatchObject({ side, at });
    expect(found[0]?.problem).toMatch(problem);
    expect(new Set(found.map((fault) => fault.at)).size).toBe(1);
  });

  it('every fault of a value, in its order', () => {
    const { faults } = check(post({ text: 'secret secret', parts: [{ type: 9 }, button('perhaps')] }));
    expect(faults.map(({ at }) => at).toSorted()).toEqual(['/parts/0', '/parts/1/label', '/text']);
  });
});

it('names the route by its template, and an unknown one without its ids', () => {
  expect(check(get('/api/v10/notes/17')).route).toBe('GET /notes/{note_id}');
  expect(check(get('/api/v10/letters/123456789')).route).toBe('GET /letters/{id}');
});

it('tells the shape of a value and never its text', () => {
  const told = JSON.stringify(check(post({ text: 'secret secret' })).faults);
  expect(told).not.toContain('secret');
  expect(told).toContain('string of 13');
  expect([null, true, 7, 'abc', [1, 2], { a: 'b' }, undefined].map(shape)).toEqual([
    'null',
    'true',
    'number 7',
    'string of 3',
    'array of 2',
    'object { a }',
    'nothing',
  ]);
});
