/** How one token of a text is to be. All that is said must hold. */
export interface TokenTest {
  readonly holds: (token: string) => boolean;
  /** Least and most tokens in a row that it stands for; `forbidden` means that none may stand here. */
  readonly least: number;
  readonly most: number;
  readonly forbidden?: boolean;
}

/** Something to look for, and the type of what is found. */
export type Pattern = { readonly label: string; readonly line: number } & (
  | { readonly kind: 'phrase'; readonly phrase: string }
  | { readonly kind: 'tokens'; readonly tokens: readonly TokenTest[] }
  | { readonly kind: 'regex'; readonly regex: RegExp }
);
