import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes, useNavigate } from 'react-router';
import { may } from '../../shared/roles';
import { FlowDialogs } from '../dialogs/FlowDialogs';
import { mayUseLaboratory } from '../features/laboratory/may-use-laboratory';
import { useWords } from '../i18n/use-words';
import type { SessionState } from '../services/session-service';
import { useSubject } from '../services/use-desk';
import type { AppearanceProps } from './Appearance';
import { MenuBar } from './MenuBar';
import { update$ } from './offer-updates';
import { StatusBar } from './StatusBar';

const SaleScreen = lazy(() => import('../features/sale/SaleScreen'));
const InvoicesScreen = lazy(() => import('../features/invoices/InvoicesScreen'));
const InvoiceScreen = lazy(() => import('../features/invoices/InvoiceScreen'));
const ProductsScreen = lazy(() => import('../features/products/ProductsScreen'));
const ClientsScreen = lazy(() => import('../features/clients/ClientsScreen'));
const ShiftScreen = lazy(() => import('../features/shift/ShiftScreen'));
const SyncPage = lazy(() => import('../features/sync-page/SyncPage'));
const ImportScreen = lazy(() => import('../features/import/ImportScreen'));
const LaboratoryScreen = lazy(() => import('../features/laboratory/LaboratoryScreen'));
const UsersScreen = lazy(() => import('../features/users/UsersScreen'));
const ArchiveScreen = lazy(() => import('../features/invoices/ArchiveScreen'));
const AuditScreen = lazy(() => import('../features/audit/AuditScreen'));
const VerifyScreen = lazy(() => import('../features/verify/VerifyScreen'));
const TerminalsScreen = lazy(() => import('../features/terminals/TerminalsScreen'));
const FleetScreen = lazy(() => import('../features/fleet/FleetScreen'));

/** The desk: menu above, status below, one screen between, and whatever syncing dialog is open. */
export function Shell(
  props: AppearanceProps & { session: Extract<SessionState, { kind: 'signedIn' }> },
) {
  const navigate = useNavigate();
  const { role } = props.session.user;
  const laboratory = mayUseLaboratory(props.session);
  const home = laboratory && role === 'qa' ? '/laboratorio' : '/venta';
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F2') return;
      event.preventDefault();
      void navigate('/venta');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
  return (
    <Box sx={{ height: '100vh', display: 'flex', flexDirection: 'column' }}>
      <MenuBar {...props} />
      <UpdateOffer />
      {props.session.copied === true && <CopyWarning />}
      <Box component="main" sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2 }}>
        <Suspense fallback={null}>
          <Routes>
            <Route path="/venta" element={<SaleScreen />} />
            <Route path="/facturas" element={<InvoicesScreen />} />
            <Route path="/facturas/anteriores" element={<ArchiveScreen />} />
            <Route path="/facturas/:id" element={<InvoiceScreen />} />
            <Route path="/productos" element={<ProductsScreen />} />
            <Route path="/clientes" element={<ClientsScreen />} />
            <Route path="/caja" element={<ShiftScreen />} />
            <Route path="/sincronizacion" element={<SyncPage />} />
            <Route path="/terminales" element={<TerminalsScreen />} />
            {may(role, 'readFleet') && <Route path="/estado" element={<FleetScreen />} />}
            {may(role, 'manageUsers') && <Route path="/usuarios" element={<UsersScreen />} />}
            {may(role, 'readAudit') && <Route path="/auditoria" element={<AuditScreen />} />}
            {may(role, 'readAudit') && <Route path="/verificacion" element={<VerifyScreen />} />}
            <Route path="/importar" element={<ImportScreen />} />
            {laboratory && <Route path="/laboratorio" element={<LaboratoryScreen />} />}
            <Route path="*" element={<Navigate to={home} replace />} />
          </Routes>
        </Suspense>
      </Box>
      <StatusBar viewer={role} />
      <FlowDialogs />
    </Box>
  );
}

/** Not to be closed: it is true until the owner has done something about it (F13). */
function CopyWarning() {
  const { t } = useWords();
  return (
    <Alert severity="error" role="alert" sx={{ displayPrint: 'none' }}>
      {t('identity.copied')}
    </Alert>
  );
}

function UpdateOffer() {
  const update = useSubject(update$);
  const { t } = useWords();
  if (update === null) return null;
  return (
    <Alert
      severity="info"
      sx={{ displayPrint: 'none' }}
      action={
        <>
          <Button onClick={() => update$.next(null)}>{t('app.later')}</Button>
          <Button variant="contained" onClick={update}>
            {t('app.update')}
          </Button>
        </>
      }
    >
      {t('app.newVersion')}
    </Alert>
  );
}
