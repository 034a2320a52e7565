import { createContext, useContext } from 'react';
import { es, type LabWords } from './es';

export const LabWordsContext = createContext<LabWords>(es);

/** The laboratory's words in the language that the desk shows. */
export const useLabWords = (): LabWords => useContext(LabWordsContext);
