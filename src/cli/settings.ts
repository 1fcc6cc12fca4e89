import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import { InputError } from '../core/errors';
import { phrase } from '../core/messages/phrase';
import { engineSettingsSchema } from '../engines/settings';

const prefix = 'dynamicner.';

/** The extension's settings that decide what the command line does, by their name after the prefix. */
const settingsSchema = z.object({
  model: z.string().optional(),
  labels: z.union([z.string(), z.array(z.string())]).optional(),
  level: z.enum(['coarse', 'medium', 'fine']).optional(),
  threshold: z.number().min(0).max(1).nullish(),
  overlap: z.enum(['flat', 'nested', 'multi-label']).optional(),
  'extract.code': z.enum(['commentsAndStrings', 'comments', 'strings', 'all']).optional(),
  'encoder.threads': z.number().int().min(1).nullish(),
  engine: engineSettingsSchema.optional(),
  // Each is checked when it is used: one that does not fit harms no other.
  endpoints: z.record(z.string(), z.unknown()).optional(),
});

/** Settings that only the editor has; a file that holds them is right. */
const editorOnly =
  /^(labelAssociations|annotator|annotations|inlayHints|extract\.(automatic|delay)|encoder\.idleMinutes|endpoint\.trace)/;

export interface CliSettings extends z.infer<typeof settingsSchema> {
  /** Folder that relative paths in the settings start from. */
  readonly folder: string;
  /**
   * Whether the file lies in a `.vscode` folder, which comes with what others wrote: it decides neither
   * that text leaves this machine nor which variable of the environment does.
   */
  readonly ofWorkspace?: boolean;
}

/**
 * The settings of a `settings.json` (JSON with comments). Other programs' keys are passed over;
 * relative paths start from the workspace, or from the file's folder where that is not `.vscode`.
 * @param from Folder that a relative file name starts from.
 * @param warn Told of keys under `dynamicner.` that are no setting.
 * @throws {InputError} naming the key whose value does not fit, or the line that is no JSON.
 */
export async function readSettings(
  file: string,
  from: string,
  warn: (message: string) => void,
): Promise<CliSettings> {
  const absolute = path.resolve(from, file);
  const found = parseSettings(await readSettingsText(absolute, file), file);
  const ours: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(found)) {
    const language = value !== null && typeof value === 'object' && key.startsWith('[');
    if (!key.startsWith(prefix) || language) continue;
    const name = key.slice(prefix.length);
    if (name in settingsSchema.shape) ours[name] = value;
    else if (!editorOnly.test(name)) warn(`${file}: "${key}" is no setting and was passed over.`);
  }
  const result = settingsSchema.safeParse(ours);
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = `${prefix}${issue?.path.join('.') ?? ''}`;
    throw new InputError(
      phrase`The value does not fit: ${issue?.message ?? 'unknown problem'}`,
      phrase`Write it as the extension’s settings describe it.`,
      { source: file, field },
    );
  }
  const folder = path.dirname(absolute);
  const ofWorkspace = path.basename(folder) === '.vscode';
  return { ...result.data, folder: ofWorkspace ? path.dirname(folder) : folder, ofWorkspace };
}

async function readSettingsText(absolute: string, file: string): Promise<string> {
  try {
    return await readFile(absolute, 'utf8');
  } catch (error) {
    throw new InputError(
      phrase`The settings cannot be read (${(error as Error).message})`,
      phrase`Name a settings.json with --config.`,
      { source: file },
    );
  }
}

function parseSettings(text: string, file: string): object {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split('\n').length;
    throw new InputError(
      phrase`This is no JSON (${printParseErrorCode(error.error)})`,
      phrase`Mend the file; comments and trailing commas are allowed.`,
      { source: file, line },
    );
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new InputError(
      phrase`Settings are a JSON object`,
      phrase`Write { "dynamicner.level": "fine" }.`,
      {
        source: file,
      },
    );
  }
  return value;
}
