import * as vscode from 'vscode';
import { encodingOf } from '../documents/fileEncoding';

/** Encodings to choose from, as VS Code names them, with their titles. */
const encodings: readonly (readonly [name: string, title: string])[] = [
  ['utf8', 'UTF-8'],
  ['utf16le', 'UTF-16 LE'],
  ['utf16be', 'UTF-16 BE'],
  ['gbk', 'Simplified Chinese (GBK)'],
  ['gb18030', 'Simplified Chinese (GB 18030)'],
  ['big5', 'Traditional Chinese (Big5)'],
  ['shiftjis', 'Japanese (Shift JIS)'],
  ['eucjp', 'Japanese (EUC-JP)'],
  ['euckr', 'Korean (EUC-KR)'],
  ['windows1251', 'Cyrillic (Windows 1251)'],
  ['koi8r', 'Cyrillic (KOI8-R)'],
  ['windows1252', 'Western (Windows 1252)'],
  ['iso88591', 'Western (ISO 8859-1)'],
  ['windows1250', 'Central European (Windows 1250)'],
  ['windows1253', 'Greek (Windows 1253)'],
  ['windows1254', 'Turkish (Windows 1254)'],
  ['windows1255', 'Hebrew (Windows 1255)'],
  ['windows1256', 'Arabic (Windows 1256)'],
];

/** The encodings in which users chose to read data sets, as long as the window is open. */
export class ChosenEncodings {
  private readonly chosen = new Map<string, string>();

  of(uri: vscode.Uri): string {
    return this.chosen.get(uri.toString()) ?? encodingOf(uri);
  }

  /** Asks for the encoding of a file; whether one was chosen. */
  async choose(uri: vscode.Uri): Promise<boolean> {
    const now = this.of(uri);
    const item = await vscode.window.showQuickPick(
      encodings.map(([name, label]) => ({
        label,
        description: name === now ? vscode.l10n.t('now') : '',
        name,
      })),
      {
        title: vscode.l10n.t('Reopen Data Set with Encoding'),
        placeHolder: vscode.l10n.t('Encoding of the file'),
      },
    );
    if (item === undefined) return false;
    this.chosen.set(uri.toString(), item.name);
    return true;
  }
}
