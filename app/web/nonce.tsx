import { createContext, useContext } from "react";

const Nonce = createContext<string | undefined>(undefined);
export const NonceProvider = Nonce.Provider;

/** The response's nonce on the server; undefined in the browser, where scripts that already run need none. */
export const useNonce = () => useContext(Nonce);
