import names from '../../../media/taxonomies/names.json';
import type { TypePath } from '../entity/entity';
import { foldPath, splitPath } from './names';
import { pathAtLevel } from './taxonomy';

const languages = names as Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What types of DynamicNER's taxonomy are called in a language. Names to show: a type is its path. */
export class DisplayNames {
  private readonly byPath: ReadonlyMap<string, string>;

  /** @param language Tag as VS Code gives it: `de`, `zh-cn`; names of others are those of the list. */
  constructor(language: string) {
    const tag = language.toLowerCase();
    const known = languages[tag] ?? languages[tag.split('-')[0] ?? ''] ?? {};
    this.byPath = new Map(
      Object.entries(known).map(([path, name]) => [foldPath(splitPath(path)), name]),
    );
  }

  /** The name of a type: its last part where the language has no other. */
  nameOf(path: TypePath): string {
    return this.translate(path) ?? path.at(-1) ?? '';
  }

  /** The name of a type at a level (0 = top), or of the deepest level that the path has. */
  nameAt(path: TypePath, level: number): string {
    return this.nameOf(pathAtLevel(path, Math.max(level, 0)));
  }

  /** The names of a type and those above it, top level first. */
  partsOf(path: TypePath): string[] {
    return path.map((name, level) => this.translate(path.slice(0, level + 1)) ?? name);
  }

  private translate(path: TypePath): string | undefined {
    return this.byPath.size === 0 ? undefined : this.byPath.get(foldPath(path));
  }
}
