import type * as vscode from 'vscode';

/** What package.json promises that has to be there from the start. */
export interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly languageModelTools: readonly { readonly name: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

export function contributionsOf({ extension }: vscode.ExtensionContext): Contributions {
  return (extension.packageJSON as { readonly contributes: Contributions }).contributes;
}
