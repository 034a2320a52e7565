import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import ArrowRight from '@mui/icons-material/ArrowRight';
import AppBar from '@mui/material/AppBar';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, useState } from 'react';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { may, type Permission } from '../../shared/roles';
import { mayUseLaboratory } from '../features/laboratory/may-use-laboratory';
import { type Key, useWords } from '../i18n/use-words';
import type { SessionState } from '../services/session-service';
import { totalPending } from '../services/status-service';
import { useDesk } from '../services/use-desk';
import { Appearance, type AppearanceProps } from './Appearance';

type SignedIn = Extract<SessionState, { kind: 'signedIn' }>;
type Open = 'billing' | 'contingencies' | 'syncLocal' | 'store' | 'user';

const item = {
  color: 'inherit',
  px: 1.5,
  '&.active': { bgcolor: 'rgba(255,255,255,0.18)' },
} as const;

/** The owner's pages. */
const STORE_PAGES: readonly { to: string; label: Key; needs: Permission }[] = [
  { to: '/estado', label: 'fleet.title', needs: 'readFleet' },
  { to: '/usuarios', label: 'users.title', needs: 'manageUsers' },
  { to: '/terminales', label: 'menu.terminals', needs: 'manageTerminals' },
  { to: '/importar', label: 'imports.title', needs: 'importData' },
  { to: '/auditoria', label: 'audit.title', needs: 'readAudit' },
  { to: '/verificacion', label: 'verify.title', needs: 'readAudit' },
];

/** The menu of the desk; "Facturar > Contingencias" is where syncing is asked for. */
export function MenuBar({ session, ...appearance }: AppearanceProps & { session: SignedIn }) {
  const { sync, status } = useDesk();
  const { t } = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isBilling = pathname.startsWith('/venta') || pathname.startsWith('/facturas');
  const pages = STORE_PAGES.filter(({ needs }) => may(session.user.role, needs));
  const [open, setOpen] = useState<Partial<Record<Open, HTMLElement>>>({});
  const show = (menu: Open, anchor: HTMLElement): void => setOpen({ ...open, [menu]: anchor });
  const closeAll = (): void => setOpen({});
  const { user, store, terminal } = session;
  const act = (action: () => void) => (): void => {
    closeAll();
    action();
  };
  const anchor = (menu: Open) => open[menu] ?? null;
  /** Arrow right opens what an item holds, arrow left closes it: as in any menu. */
  const opens = (menu: Open) => ({
    'aria-haspopup': 'menu' as const,
    'aria-expanded': open[menu] !== undefined,
    onClick: (event: { currentTarget: HTMLElement }) => show(menu, event.currentTarget),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'ArrowRight') show(menu, event.currentTarget);
    },
  });
  const closes = (menu: Open) => ({
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowLeft') return;
      const { [menu]: _closed, ...rest } = open;
      setOpen(rest);
    },
  });
  const side = {
    anchorOrigin: { vertical: 'top', horizontal: 'right' },
    transformOrigin: { vertical: 'top', horizontal: 'left' },
  } as const;

  return (
    <AppBar
      position="static"
      elevation={0}
      sx={{ displayPrint: 'none', bgcolor: '#0f5c55', color: '#fff' }}
    >
      <Toolbar sx={{ gap: 0.5, minHeight: 60 }}>
        <Box sx={{ mr: 2, minWidth: 0 }}>
          <Typography noWrap sx={{ fontWeight: 700, lineHeight: 1.2 }}>
            {store.name}
          </Typography>
          <Typography noWrap sx={{ fontSize: 13, opacity: 0.9 }}>
            {t('menu.terminal', { number: terminal.number })} · {terminal.name}
          </Typography>
        </Box>
        <Button
          sx={item}
          className={isBilling ? 'active' : ''}
          endIcon={<ArrowDropDown />}
          {...opens('billing')}
        >
          {t('menu.billing')}
        </Button>
        <Button sx={item} component={NavLink} to="/productos">
          {t('menu.products')}
        </Button>
        <Button sx={item} component={NavLink} to="/clientes">
          {t('menu.clients')}
        </Button>
        <Button sx={item} component={NavLink} to="/caja">
          {t('menu.shift')}
        </Button>
        <Button sx={item} component={NavLink} to="/sincronizacion">
          {t('menu.sync')}
        </Button>
        {pages.length > 0 && (
          <Button
            sx={item}
            className={pages.some(({ to }) => pathname.startsWith(to)) ? 'active' : ''}
            endIcon={<ArrowDropDown />}
            {...opens('store')}
          >
            {t('menu.store')}
          </Button>
        )}
        {mayUseLaboratory(session) && (
          <Button sx={item} component={NavLink} to="/laboratorio">
            {t('laboratory.title')}
          </Button>
        )}
        <Box sx={{ flex: 1 }} />
        <Appearance {...appearance} />
        <Button sx={item} endIcon={<ArrowDropDown />} {...opens('user')}>
          {user.displayName}
        </Button>
      </Toolbar>

      <Menu anchorEl={anchor('billing')} open={anchor('billing') !== null} onClose={closeAll}>
        <MenuItem onClick={act(() => navigate('/venta'))}>
          {t('menu.sale')}
          <Box sx={{ ml: 'auto', pl: 4 }}>
            <kbd>F2</kbd>
          </Box>
        </MenuItem>
        <MenuItem onClick={act(() => navigate('/facturas'))}>{t('menu.invoices')}</MenuItem>
        <Divider />
        <MenuItem {...opens('contingencies')}>
          {t('menu.contingencies')}
          <ArrowRight sx={{ ml: 'auto', mr: -1 }} />
        </MenuItem>
      </Menu>
      <Menu
        anchorEl={anchor('contingencies')}
        open={anchor('contingencies') !== null}
        onClose={closeAll}
        {...closes('contingencies')}
        {...side}
      >
        <MenuItem {...opens('syncLocal')}>
          {t('menu.syncLocal')}
          <ArrowRight sx={{ ml: 'auto', mr: -1 }} />
        </MenuItem>
        <MenuItem onClick={act(() => sync.send({ type: 'askAll' }))}>{t('menu.syncAll')}</MenuItem>
      </Menu>
      <Menu
        anchorEl={anchor('syncLocal')}
        open={anchor('syncLocal') !== null}
        onClose={closeAll}
        {...closes('syncLocal')}
        {...side}
      >
        <MenuItem onClick={act(() => sync.send({ type: 'askSingle', unit: 'products' }))}>
          {t('menu.products')}
        </MenuItem>
        <MenuItem onClick={act(() => sync.send({ type: 'askSingle', unit: 'clients' }))}>
          {t('menu.clients')}
        </MenuItem>
      </Menu>
      <Menu anchorEl={anchor('store')} open={anchor('store') !== null} onClose={closeAll}>
        {pages.map(({ to, label }) => (
          <MenuItem key={to} onClick={act(() => navigate(to))}>
            {t(label)}
          </MenuItem>
        ))}
      </Menu>
      <Menu anchorEl={anchor('user')} open={anchor('user') !== null} onClose={closeAll}>
        <ListSubheader>{user.userName}</ListSubheader>
        <MenuItem
          onClick={act(() => {
            const pending = totalPending(status.status$.getValue().pending);
            sync.send({ type: 'askLogout', pending });
          })}
        >
          {t('menu.logout')}
        </MenuItem>
      </Menu>
    </AppBar>
  );
}
