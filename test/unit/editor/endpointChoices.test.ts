import assert from 'node:assert/strict';
import {
  choiceOf,
  engineChoices,
  settingFor,
  settingForParts,
} from '../../../src/editor/engine/chosenEngine';
import { presets, readBaseUrl, sendsKeyInTheOpen } from '../../../src/editor/endpoints/presets';
import { openEngine } from '../../../src/engines/combine/openEngine';
import { readProfile } from '../../../src/engines/endpoint/profile';
import { engineSettingsSchema, type EngineSetting } from '../../../src/engines/settings';
import { questionsAt } from '../../servers/ask';
import { FakeEngine } from '../cli/fakeEngine';

describe('the choice of an engine', () => {
  const mine = { by: 'endpoint:mine' };
  const before: EngineSetting = {
    protocol: 'b2ner',
    extractor: { by: 'endpoint:other', samples: 5 },
    classifier: { context: false },
    budget: { requests: 100 },
  };

  for (const choice of engineChoices) {
    it(`writes the setting of ${choice}, and knows it again`, async () => {
      const setting = settingFor(choice, mine, before);
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
      const expected = choice === 'encoder' ? [] : [{ kind: 'endpoint', name: 'mine' }];
      assert.deepEqual(asked, expected);
    });
  }

  it('leaves nothing behind when the encoder is chosen again', () => {
    for (const choice of engineChoices) {
      const setting = settingFor(choice, mine, {}) ?? {};
      assert.equal(settingFor('encoder', { by: 'encoder' }, setting), undefined, choice);
    }
  });

  it('keeps the thresholds between which is verified, for as long as it verifies', () => {
    const verify = { low: 0.1, high: 0.9 };
    const setting = settingFor('verify', mine, { ...before, verify });
    assert.deepEqual(setting?.verify, verify);
    assert.equal(settingFor('cascade', mine, setting ?? {})?.verify, undefined);
  });
});

describe('the choice of an extractor and a classifier', () => {
  const encoder = { by: 'encoder' };
  const [large, small] = ['large', 'small'].map((model) => ({ by: 'endpoint:mine', model }));
  assert.ok(large !== undefined && small !== undefined);

  it('gives each its model, and keeps what else is set of them', () => {
    const before: EngineSetting = {
      extractor: { by: 'endpoint:other', model: 'any', samples: 5 },
      classifier: { temperature: 1 },
    };
    assert.deepEqual(settingForParts(small, large, before), {
      protocol: 'cascade',
      extractor: { by: 'endpoint:mine', model: 'small', samples: 5 },
      classifier: { by: 'endpoint:mine', model: 'large', temperature: 1 },
    });
    assert.deepEqual(settingForParts(encoder, large, before), {
      protocol: 'cascade',
      extractor: { samples: 5 },
      classifier: { by: 'endpoint:mine', model: 'large', temperature: 1 },
    });
    assert.equal(settingForParts(encoder, encoder, { protocol: 'cascade' }), undefined);
  });

  it('verifies only where the encoder proposes and a model classifies', () => {
    const before: EngineSetting = { verify: { low: 0.1, high: 0.9 } };
    assert.deepEqual(settingForParts(encoder, large, before)?.verify, before.verify);
    for (const [extractor, classifier] of [
      [large, small],
      [small, encoder],
      [encoder, encoder],
    ] as const) {
      assert.equal(settingForParts(extractor, classifier, before)?.verify, undefined);
    }
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
