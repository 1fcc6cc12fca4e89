/** The four kinds of theme VS Code has: the built-in one of each, its name in the list of themes, and the class the workbench then bears. */
export const themes = {
  dark: { name: 'Default Dark Modern', label: 'Dark Modern', bears: 'vs-dark' },
  light: { name: 'Default Light Modern', label: 'Light Modern', bears: 'vs' },
  highContrastDark: {
    name: 'Default High Contrast',
    label: 'Dark High Contrast',
    bears: 'hc-black',
  },
  highContrastLight: {
    name: 'Default High Contrast Light',
    label: 'Light High Contrast',
    bears: 'hc-light',
  },
} as const;
export type Theme = keyof typeof themes;
