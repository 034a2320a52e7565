import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const here = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  build: {
    outDir: path.join(here, '..', 'dist', 'client'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  /* The server replaces the placeholder by the nonce of each response. */
  html: { cspNonce: '__CSP_NONCE__' },
  server: { proxy: { '/api': 'http://localhost:3000', '/health': 'http://localhost:3000' } },
  plugins: [
    react(),
    VitePWA({
      /* A new version waits until the operator says so: never a reload in the middle of a sale. */
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['icons/*'],
      manifest: {
        name: 'Mostrador',
        short_name: 'Mostrador',
        description: 'Facturación que no necesita conexión',
        lang: 'es',
        start_url: '/',
        display: 'standalone',
        theme_color: '#0f5c55',
        background_color: '#0f5c55',
        icons: [{ src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        maximumFileSizeToCacheInBytes: 5_000_000,
        navigateFallback: '/index.html',
        /* The API is never answered from a cache. */
        navigateFallbackDenylist: [/^\/(api|health|metrics)/],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
});
