import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { openAgent } from '../../../../src/engines/endpoint/agents';
import { EndpointError } from '../../../../src/engines/endpoint/errors';
import { readProfile } from '../../../../src/engines/endpoint/profile';
import { nodeFetch } from '../../../../src/engines/endpoint/transport';
import { askOnce, modelAt, questionsAt } from '../../../servers/ask';
import { ChatServer } from '../../../servers/chatServer';
import { cases } from './faultCases';
import { text, until, status } from './faultyAnswers';

describe('an endpoint that fails', () => {
  for (const { name, handler, setting = {}, expected, requests } of cases) {
    it(`with ${name}`, async () => {
      const server = await ChatServer.start(handler);
      try {
        const questions = questionsAt({ url: server.url, ...setting });
        if ('text' in expected) {
          assert.equal((await askOnce(questions)).text, expected.text);
        } else {
          await assert.rejects(askOnce(questions), (error) => {
            assert.ok(error instanceof EndpointError, String(error));
            assert.equal(error.kind, expected.kind, error.message);
            assert.match(error.message, expected.message);
            return true;
          });
        }
        assert.equal(server.requests.length, requests);
      } finally {
        await server.stop();
      }
    });
  }

  it('by refusing connections', async () => {
    const server = await ChatServer.start(status(500));
    await server.stop();
    await assert.rejects(askOnce(questionsAt({ url: server.url })), /connection refused/u);
  });

  it('by connections that never come about', async () => {
    const sockets: net.Socket[] = [];
    const silent = net.createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = silent.address() as net.AddressInfo;
      // A handshake is part of connecting, and this one gets no answer.
      const setting = { url: `https://127.0.0.1:${port}/v1`, connectSeconds: 0.05 };
      await assert.rejects(askOnce(questionsAt(setting)), (error) => {
        assert.ok(error instanceof EndpointError);
        assert.equal(error.kind, 'busy');
        assert.match(error.message, /no connection came about in time.* connectSeconds/u);
        return true;
      });
      assert.equal(sockets.length, 3);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });

  it('by a name that no host has', async () => {
    const questions = questionsAt({ url: 'http://nowhere.invalid/v1' });
    await assert.rejects(askOnce(questions), (error) => {
      assert.ok(error instanceof EndpointError);
      assert.match(
        error.message,
        /^nowhere\.invalid: (?:the host is not known|the connection was)/u,
      );
      return true;
    });
  });

  const tls = path.resolve(__dirname, '../../../fixtures/tls');
  const certificate = path.join(tls, 'certificate.pem');
  const own = { key: readFileSync(path.join(tls, 'key.pem')), cert: readFileSync(certificate) };

  it('with a certificate that is not trusted, unless the profile trusts it', async () => {
    const server = await ChatServer.start(until(1, status(500)), { tls: own });
    try {
      await assert.rejects(askOnce(questionsAt({ url: server.url })), (error) => {
        assert.ok(error instanceof EndpointError);
        assert.equal(error.kind, 'endpoint');
        assert.match(error.message, /certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/u);
        return true;
      });
      const setting = { url: server.url, model: 'test', certificates: certificate };
      const agent = await openAgent(readProfile('own', setting), {});
      const fetch = nodeFetch({ agent, connectMilliseconds: 5000, mostBytes: 1e6 });
      const { text: said } = await modelAt(setting, { fetch }).complete([], {});
      assert.equal(said, text);
      agent.destroy();
    } finally {
      await server.stop();
    }
  });

  it('without a key in what it says', async () => {
    const server = await ChatServer.start(
      status(400, {}, '{"error": {"message": "bad key secret-key-123, truly secret-key-123"}}'),
    );
    try {
      const questions = questionsAt({ url: server.url }, {}, { key: 'secret-key-123' });
      await assert.rejects(askOnce(questions), (error) => {
        assert.ok(error instanceof EndpointError);
        assert.match(error.message, /bad key •••, truly •••/u);
        return true;
      });
      assert.equal(server.requests[0]?.headers.authorization, 'Bearer secret-key-123');
    } finally {
      await server.stop();
    }
  });
});
