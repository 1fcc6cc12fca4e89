import assert from 'node:assert/strict';
import { choiceOf, engineChoices, settingFor } from '../../../src/editor/engine/chosenEngine';
import { presets, readBaseUrl, sendsKeyInTheOpen } from '../../../src/editor/endpoints/presets';
import { openEngine } from '../../../src/engines/combine/openEngine';
import { readProfile } from '../../../src/engines/endpoint/profile';
import { engineSettingsSchema, type EngineSetting } from '../../../src/engines/settings';
import { questionsAt } from '../../servers/ask';
import { FakeEngine } from '../cli/fakeEngine';

describe('the choice of an engine', () => {
  const by = 'endpoint:mine';
  const before: EngineSetting = {
    protocol: 'b2ner',
    extractor: { by: 'endpoint:other', samples: 5 },
    classifier: { context: false },
    budget: { requests: 100 },
  };

  for (const choice of engineChoices) {
    it(`writes the setting of ${choice}, and knows it again`, async () => {
      const setting = settingFor(choice, by, before);
      const settings = engineSettingsSchema.parse(setting ?? {});
      assert.equal(choiceOf(settings), choice);
      assert.deepEqual(
        [settings.extractor.samples, settings.classifier.context, settings.budget],
        [5, false, { requests: 100 }],
      );
      const asked: unknown[] = [];
      const engine = await openEngine(settings, {
        encoder: () => Promise.resolve(new FakeEngine()),
        questions: (worker) => {
          asked.push(worker);
          return Promise.resolve(questionsAt({ url: 'http://127.0.0.1:9/v1' }));
        },
        demonstrations: () => Promise.resolve([]),
      });
      assert.ok(engine.name);
      const mine = choice === 'encoder' ? [] : [{ kind: 'endpoint', name: 'mine' }];
      assert.deepEqual(asked, mine);
    });
  }

  it('leaves nothing behind when the encoder is chosen again', () => {
    for (const choice of engineChoices) {
      const setting = settingFor(choice, by, {}) ?? {};
      assert.equal(settingFor('encoder', 'encoder', setting), undefined, choice);
    }
  });

  it('keeps the thresholds between which is verified, for as long as it verifies', () => {
    const verify = { low: 0.1, high: 0.9 };
    const setting = settingFor('verify', by, { ...before, verify });
    assert.deepEqual(setting?.verify, verify);
    assert.equal(settingFor('cascade', by, setting ?? {})?.verify, undefined);
  });
});

describe('addresses of endpoints', () => {
  it('are what someone means who writes one', () => {
    const cases: Readonly<Record<string, string | undefined>> = {
      'http://127.0.0.1:8000/v1': 'http://127.0.0.1:8000/v1',
      'http://127.0.0.1:8000/v1/': 'http://127.0.0.1:8000/v1',
      ' localhost:11434 ': 'http://localhost:11434/v1',
      'https://gateway.example/openai/deployments/x':
        'https://gateway.example/openai/deployments/x',
      'https://api.example/v1/chat/completions': 'https://api.example/v1',
      'https://api.example/v1/models': 'https://api.example/v1',
      'http://[::1]:8080': 'http://[::1]:8080/v1',
      'ftp://example.com': undefined,
      'https://user:secret@example.com/v1': undefined,
      'not an address': undefined,
      '': undefined,
    };
    for (const [written, meant] of Object.entries(cases)) {
      assert.equal(readBaseUrl(written), meant, written);
    }
  });

  it('that would show a key to others are known', () => {
    assert.ok(sendsKeyInTheOpen('http://models.example/v1'));
    assert.ok(!sendsKeyInTheOpen('https://models.example/v1'));
    assert.ok(!sendsKeyInTheOpen('http://127.0.0.1:8000/v1'));
  });

  it('of all presets make profiles that fit', () => {
    for (const { name, url, profile } of presets) {
      assert.equal(readBaseUrl(url), url);
      assert.equal(readProfile(name, { ...profile, url, model: 'm' }).url, url);
    }
  });
});
