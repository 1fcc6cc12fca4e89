import { answer, completionOf, eventsOf } from '../../../servers/chatServer';
import {
  body,
  cut,
  eventBytes,
  events,
  json,
  sse,
  status,
  text,
  until,
  type Case,
} from './faultyAnswers';

const busy = (message: RegExp) => ({ kind: 'busy', message }) as const;
export const cases: readonly Case[] = [
  {
    name: 'answers that come at once',
    handler: until(1, status(500)),
    expected: { text },
    requests: 1,
  },
  {
    name: 'answers that are not streamed',
    handler: until(1, status(500)),
    setting: { stream: false },
    expected: { text },
    requests: 1,
  },
  {
    name: 'slow headers, within the limit',
    handler: (request, response) => void setTimeout(() => answer(request, response, text), 60),
    expected: { text },
    requests: 1,
  },
  {
    name: 'headers that never come',
    handler: () => undefined,
    setting: { totalSeconds: 0.05 },
    expected: busy(/took longer than 0\.05 s/u),
    requests: 3,
  },
  {
    name: 'a slow body, within the limit',
    handler: body(sse, ...(events.match(/[\s\S]{1,90}/gu) ?? [])),
    expected: { text: 'Ging ##Müller## nach ##Köln##?' },
    requests: 1,
  },
  {
    name: 'a body that stops in the middle',
    handler: (_, response) => {
      response.writeHead(200, { 'content-type': sse });
      response.write(events.slice(0, 300));
    },
    setting: { totalSeconds: 0.05 },
    expected: busy(/took longer/u),
    requests: 3,
  },
  {
    name: 'a stream that is cut, then a whole one',
    handler: until(2, cut(body(sse, events.slice(0, 300)))),
    expected: { text },
    requests: 2,
  },
  {
    name: 'a stream that is always cut',
    handler: cut(body(sse, events.slice(0, 300))),
    expected: busy(/connection was lost/u),
    requests: 3,
  },
  {
    name: 'a stream that ends politely before its answer does',
    handler: body(sse, eventsOf('half an answer').slice(0, 2).join('')),
    expected: busy(/broke off/u),
    requests: 3,
  },
  {
    name: 'JSON that is cut',
    handler: cut(body(json, completionOf(text).slice(0, 40))),
    setting: { stream: false },
    expected: busy(/connection was lost/u),
    requests: 3,
  },
  {
    name: 'half a UTF-8 character at the end of a piece',
    handler: body(
      sse,
      ...Array.from({ length: eventBytes.length }, (_, at) => eventBytes.subarray(at, at + 1)),
    ),
    expected: { text: '😀 ##Zoë## 北京' },
    requests: 1,
  },
  {
    name: 'events with Windows line breaks and comments',
    handler: body(sse, `: ping\r\n\r\n${events.replaceAll('\n', '\r\n')}`),
    expected: { text: 'Ging ##Müller## nach ##Köln##?' },
    requests: 1,
  },
  {
    name: 'an event that is no JSON',
    handler: body(sse, 'data: {"choices": [\n\n'),
    expected: busy(/could not be read/u),
    requests: 3,
  },
  {
    name: 'an event that is an error',
    handler: body(sse, 'data: {"error": {"message": "the context is full"}}\n\n'),
    expected: { kind: 'question', message: /the context is full/u },
    requests: 1,
  },
  {
    name: '429 without Retry-After',
    handler: until(3, status(429)),
    expected: { text },
    requests: 3,
  },
  {
    name: '429 with Retry-After in seconds',
    handler: until(2, status(429, { 'retry-after': '0.02' })),
    expected: { text },
    requests: 2,
  },
  {
    name: '429 with a Retry-After that has passed',
    handler: until(2, status(429, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })),
    expected: { text },
    requests: 2,
  },
  {
    name: '429 with a Retry-After of hours',
    handler: status(429, { 'retry-after': '7200' }),
    expected: busy(/cannot answer at the moment/u),
    requests: 1,
  },
  {
    name: '429 for an account without money',
    handler: status(429, {}, '{"error": {"message": "no money", "code": "insufficient_quota"}}'),
    expected: { kind: 'endpoint', message: /nothing left to spend/u },
    requests: 1,
  },
  { name: '408', handler: until(2, status(408)), expected: { text }, requests: 2 },
  { name: '500', handler: until(2, status(500)), expected: { text }, requests: 2 },
  { name: '502, always', handler: status(502), expected: busy(/502/u), requests: 3 },
  {
    name: '503 with an HTML page',
    handler: status(503, { 'content-type': 'text/html' }, `<html>${'x'.repeat(9000)}</html>`),
    expected: busy(/^[\s\S]{20,500}$/u),
    requests: 3,
  },
  {
    name: '400',
    handler: status(400),
    expected: { kind: 'question', message: /refused the question/u },
    requests: 1,
  },
  {
    name: '401',
    handler: status(401),
    expected: { kind: 'endpoint', message: /key is missing/u },
    requests: 1,
  },
  {
    name: '404',
    handler: status(404),
    expected: { kind: 'endpoint', message: /“test” or the address is unknown/u },
    requests: 1,
  },
  {
    name: '302',
    handler: status(302, { location: '/login' }),
    expected: { kind: 'endpoint', message: /a way that is not known/u },
    requests: 1,
  },
  {
    name: 'an HTML page with status 200',
    handler: body('text/html', '<!doctype html><title>Log in</title>'),
    expected: { kind: 'endpoint', message: /no chat completion: “<!doctype html>/u },
    requests: 1,
  },
  {
    name: 'JSON that is something else',
    handler: body(json, '{"message": "hello"}'),
    setting: { stream: false },
    expected: { kind: 'endpoint', message: /no chat completion: “\{"message"/u },
    requests: 1,
  },
  {
    name: 'no choices',
    handler: body(json, '{"choices": []}'),
    setting: { stream: false },
    expected: { kind: 'endpoint', message: /no chat completion/u },
    requests: 1,
  },
  {
    name: 'an empty body',
    handler: body(json),
    setting: { stream: false },
    expected: { kind: 'endpoint', message: /no chat completion/u },
    requests: 1,
  },
  {
    name: 'JSON that is called text',
    handler: body('text/plain', `\uFEFF\n ${completionOf(text)}`),
    expected: { text },
    requests: 1,
  },
  {
    name: 'a stream that is called text',
    handler: body('text/plain; charset=utf-8', events),
    expected: { text: 'Ging ##Müller## nach ##Köln##?' },
    requests: 1,
  },
  {
    name: 'JSON where a stream was asked for',
    handler: body(json, completionOf(text)),
    expected: { text },
    requests: 1,
  },
  {
    name: 'a stream where JSON was asked for',
    handler: body(sse, events),
    setting: { stream: false },
    expected: { text: 'Ging ##Müller## nach ##Köln##?' },
    requests: 1,
  },
  {
    name: 'an answer of 10 MB',
    handler: (_, response) => {
      response.writeHead(200, { 'content-type': json });
      response.end(completionOf('x'.repeat(10_000_000)));
    },
    setting: { stream: false },
    expected: { kind: 'question', message: /larger than any answer/u },
    requests: 1,
  },
  {
    name: 'a stream of 10 MB',
    handler: (_, response) => {
      response.writeHead(200, { 'content-type': sse });
      const [, piece = ''] = eventsOf('abcdefg');
      const long = piece.replace('abcdefg', 'abcdefg'.repeat(1000));
      response.end(long.repeat(Math.ceil(10_000_000 / long.length)));
    },
    expected: { kind: 'question', message: /larger than any answer/u },
    requests: 1,
  },
  {
    name: 'an answer without content',
    handler: body(json, '{"choices": [{"message": {"content": null}, "finish_reason": "stop"}]}'),
    setting: { stream: false },
    expected: { text: '' },
    requests: 1,
  },
  {
    name: 'a connection that is reset at once, then an answer',
    handler: until(2, (_, response) => void response.destroy()),
    expected: { text },
    requests: 2,
  },
];
