/** Terminals of the histories that CI runs and that defects are hunted with; `npm run fuzz` takes up to 8. */
export const USUAL_BOUNDS = { minTerminals: 3, maxTerminals: 5 };
