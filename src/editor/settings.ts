import * as vscode from 'vscode';
import * as z from 'zod';
import {
  codePartsChoices,
  levelNames,
  overlapChoices,
  settings as declared,
  type SettingName,
  type Settings as Values,
} from './contributions';
import { Disposable } from './disposable';
import { engineSettingsSchema } from '../engines/settings';

const section = 'dynamicner';

const schemas: { readonly [K in SettingName]: z.ZodType<Values[K]> } = {
  model: z.string(),
  labels: z.union([z.string(), z.array(z.string().trim().min(1))]),
  labelAssociations: z.record(z.string(), z.string()),
  level: z.enum(levelNames),
  threshold: z.number().min(0).max(1).nullable(),
  overlap: z.enum(overlapChoices),
  'extract.automatic': z.boolean(),
  'extract.delay': z.number().min(0).max(60_000),
  'extract.code': z.enum(codePartsChoices),
  'inlayHints.enabled': z.boolean(),
  annotator: z.string(),
  'annotations.folder': z.string(),
  engine: asWritten(engineSettingsSchema),
  endpoints: z.record(z.string(), z.unknown()),
  'endpoint.trace': z.boolean(),
  'encoder.threads': z.int().min(1).max(64).nullable(),
  'encoder.idleMinutes': z.number().min(0.1).max(1440),
};

/** What fits a schema, without what the schema fills in: it is written back when a part of it changes. */
function asWritten<S extends z.ZodType>(schema: S): z.ZodType<z.input<S>> {
  return z.custom<z.input<S>>().superRefine((value, context) => {
    for (const { message, path } of schema.safeParse(value).error?.issues ?? []) {
      const place = path.length === 0 ? '' : `${path.join('.')}: `;
      context.addIssue({ code: 'custom', message: `${place}${message}` });
    }
  });
}

/** The extension's settings, checked: a value of the wrong kind is named once and its default used. */
export class Settings extends Disposable {
  private readonly named = new Set<string>();
  private readonly changed = this._register(
    new vscode.EventEmitter<vscode.ConfigurationChangeEvent>(),
  );

  /** @param onBadValue Told once for each bad value, with the sentence to show. */
  constructor(private readonly onBadValue: (message: string) => void) {
    super();
    this._register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.changed.fire(event);
      }),
    );
  }

  /** @param scope The document or folder that the value is for; a document brings its language. */
  get<K extends SettingName>(name: K, scope?: vscode.ConfigurationScope): Values[K] {
    const value = vscode.workspace.getConfiguration(section, scope).get<unknown>(name);
    const parsed = schemas[name].safeParse(value);
    if (parsed.success) return parsed.data;
    const shown = JSON.stringify(value);
    if (!this.named.has(`${name} ${shown}`)) {
      this.named.add(`${name} ${shown}`);
      this.onBadValue(
        vscode.l10n.t(
          'The setting "{0}" has the value {1}, which it cannot have: {2}. Its default {3} is used.',
          `${section}.${name}`,
          shown,
          parsed.error.issues[0]?.message ?? '',
          JSON.stringify(declared[name].default),
        ),
      );
    }
    return declared[name].default;
  }

  /** Sets a value for the user, or for the workspace where it is set there already. */
  async set<K extends SettingName>(name: K, value: Values[K] | undefined): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(section);
    const isInWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
    await configuration.update(
      name,
      value,
      isInWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  /** Calls `listener` when one of the settings changes, with the event that says where. */
  onDidChange(
    names: readonly SettingName[],
    listener: (event: vscode.ConfigurationChangeEvent) => void,
  ): vscode.Disposable {
    return this.changed.event((event) => {
      if (names.some((name) => event.affectsConfiguration(`${section}.${name}`))) listener(event);
    });
  }
}
