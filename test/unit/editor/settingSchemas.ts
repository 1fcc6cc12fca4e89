// Writes the JSON schemas of the settings that are objects, and of the tool's input, into package.json, from the schemas that
// check them, so that VS Code's editor of settings knows what those take.
//   node --import tsx test/unit/editor/settingSchemas.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { withoutKeys } from '../../../src/core/withoutKeys';
import { extractToolSchema } from '../../../src/editor/features/extractToolInput';
import { endpointProfileSchema } from '../../../src/engines/endpoint/profile';
import { engineSettingsSchema } from '../../../src/engines/settings';

const manifestFile = path.resolve(import.meta.dirname, '../../../package.json');

type Schema = Record<string, unknown>;

/** JSON schemas of the settings that are objects, by the setting's name. */
export const settingSchemas: Readonly<Record<string, Schema>> = {
  'dynamicner.engine': simplified(z.toJSONSchema(engineSettingsSchema, { io: 'input' })),
  'dynamicner.endpoints': {
    type: 'object',
    additionalProperties: simplified(z.toJSONSchema(endpointProfileSchema, { io: 'input' })),
  },
};

/** JSON schema of what the tool for language models is given. */
export const toolInputSchema = simplified(z.toJSONSchema(extractToolSchema, { io: 'input' }));

/** What of a property of package.json is its schema, without its place, default and text. */
export function schemaOf(property: Schema): Schema {
  return withoutKeys(property, 'order', 'default', 'scope', 'markdownDescription');
}

/** Without what VS Code does not heed, and defaults of objects, which say nothing. */
function simplified(schema: unknown): Schema {
  const left = JSON.stringify(schema, (key, value: unknown) => {
    const isNoise =
      ['$schema', 'readOnly'].includes(key) ||
      (key === 'default' && typeof value === 'object') ||
      (key === 'maximum' && value === Number.MAX_SAFE_INTEGER);
    return isNoise ? undefined : value;
  });
  return JSON.parse(left) as Schema;
}

interface Manifest {
  readonly contributes: {
    languageModelTools: readonly Schema[];
    readonly configuration: readonly { readonly properties: Record<string, Schema> }[];
  };
}

function write(): void {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  for (const { properties } of manifest.contributes.configuration) {
    for (const [name, schema] of Object.entries(settingSchemas)) {
      const property = properties[name];
      if (property === undefined) continue;
      const { order, default: value, scope, markdownDescription } = property;
      properties[name] = { order, ...schema, default: value, scope, markdownDescription };
    }
  }
  const { contributes } = manifest;
  contributes.languageModelTools = contributes.languageModelTools.map((tool) => ({
    ...tool,
    inputSchema: toolInputSchema,
  }));
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write();
