import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ModelError } from '../../../../src/engines/errors';
import { readModelFolder } from '../../../../src/engines/models/modelFolder';
import { readPositions } from '../../../../src/engines/models/modelSchema';
import { bundledPack } from '../packs';

describe('readModelFolder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'model-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, content: unknown): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(
      path.join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  };
  const complete = (config: string, content: unknown): void => {
    put('model.onnx', 'graph');
    put('tokenizer.json', {});
    put(config, content);
  };
  const rejects = (file: string, problem: RegExp): Promise<void> =>
    assert.rejects(readModelFolder(folder), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.equal(error.file, file === '' ? folder : path.join(folder, file));
      assert.match(error.message, problem);
      return true;
    });

  it('knows a pack', async () => {
    const found = await readModelFolder(bundledPack);
    assert.equal(found.kind, 'pack');
  });

  it('knows the kinds of GLiNER, with the library’s own defaults', async () => {
    complete('gliner_config.json', { max_len: 100 });
    const span = await readModelFolder(folder);
    assert.ok(span.kind === 'gliner-span');
    assert.equal(span.config.max_len, 100);
    assert.equal(span.config.max_width, 12);
    assert.equal(span.config.ent_token, '<<ENT>>');
    assert.equal(span.bytes, 'graph'.length + '{}'.length);
    assert.equal(span.name, path.basename(folder));
    put('gliner_config.json', { span_mode: 'token_level' });
    assert.equal((await readModelFolder(folder)).kind, 'gliner-token');
    put('gliner_config.json', { span_mode: 'token_level', labels_encoder: 'some/encoder' });
    await rejects('labels_tokenizer.json', /missing.*tokenizer\.json of “some\/encoder”/su);
    put('labels_tokenizer.json', {});
    put('labels_encoder.onnx', 'labels');
    const bi = await readModelFolder(folder);
    assert.ok(bi.kind === 'gliner-bi');
    assert.equal(bi.scores, 'token');
    assert.equal(bi.graph, 'model.onnx');
    assert.equal(bi.labels?.graph, 'labels_encoder.onnx');
  });

  it('knows token classification, its classes in the order of their numbers', async () => {
    complete('config.json', { id2label: { 1: 'B-PER', 0: 'O', 2: 'I-PER' } });
    const found = await readModelFolder(folder);
    assert.ok(found.kind === 'token-classification');
    assert.deepEqual(found.classes, ['O', 'B-PER', 'I-PER']);
    put('config.json', { id2label: { 0: 'O', 2: 'PER' } });
    await rejects('config.json', /"id2label" does not number its classes from 0 to 1/u);
    put('config.json', { model_type: 'bert' });
    await rejects('config.json', /"id2label" is wrong.*gliner_config\.json/su);
  });

  it('takes the graph in the folder “onnx”, the only one, or the one that is named', async () => {
    put('onnx/model_q4.onnx', 'graph');
    put('tokenizer.json', {});
    put('gliner_config.json', {});
    assert.equal(graphOf(await readModelFolder(folder)), 'onnx/model_q4.onnx');
    put('onnx/model_fp16.onnx', 'graph');
    await rejects('', /several graphs.*\{ "graph": "onnx\/model_fp16\.onnx" \}/su);
    put('dynamicner.json', { graph: 'onnx/model_q4.onnx' });
    assert.equal(graphOf(await readModelFolder(folder)), 'onnx/model_q4.onnx');
    put('dynamicner.json', { graph: 'none.onnx' });
    await rejects('none.onnx', /missing/u);
    put('dynamicner.json', { treshold: 1 });
    await rejects('dynamicner.json', /treshold/u);
    rmSync(path.join(folder, 'dynamicner.json'));
    put('onnx/model.onnx', 'graph');
    assert.equal(graphOf(await readModelFolder(folder)), 'onnx/model.onnx');
  });

  it('says what is missing or wrong', async () => {
    await rejects('', /no pack\.json, gliner_config\.json or config\.json/u);
    put('gliner_config.json', {});
    await rejects('', /holds no graph/u);
    put('model.onnx', '');
    await rejects('tokenizer.json', /is missing/u);
    put('tokenizer.json', 'no');
    await rejects('tokenizer.json', /is no JSON/u);
    put('tokenizer.json', {});
    put('gliner_config.json', { max_width: 0 });
    await rejects('gliner_config.json', /"max_width" is wrong/u);
    put('gliner_config.json', { labels_decoder: 'gpt2' });
    await rejects('gliner_config.json', /also does something else/u);
    put('gliner_config.json', {});
    put('model.onnx_data', '');
    await rejects('model.onnx_data', /weights in a file of their own/u);
    rmSync(folder, { recursive: true });
    await rejects('', /the folder is missing/u);
  });
});

function graphOf(found: Awaited<ReturnType<typeof readModelFolder>>): string | undefined {
  return found.kind === 'pack' ? undefined : found.graph;
}

describe('readPositions', () => {
  it('takes the lesser of what encoder and tokenizer say', () => {
    const of = (encoder: object | undefined, model_max_length?: number): number =>
      readPositions(encoder, model_max_length === undefined ? {} : { model_max_length });
    assert.equal(of({ model_type: 'bert', max_position_embeddings: 512 }, 1e30), 512);
    assert.equal(of({ model_type: 'bert', max_position_embeddings: 512 }, 384), 384);
    assert.equal(
      of({ model_type: 'xlm-roberta', max_position_embeddings: 514, pad_token_id: 1 }),
      512,
    );
    assert.equal(of(undefined, 256), 256);
    assert.equal(of(undefined), 512);
  });
});
