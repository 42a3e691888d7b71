import { createContext, useContext } from 'react';

/** `go` jumps anywhere; `log` asks for whom to log. */
export type PaletteMode = 'go' | 'log';

export const PaletteContext = createContext<(mode: PaletteMode) => void>(() => {});
export const usePalette = () => useContext(PaletteContext);
