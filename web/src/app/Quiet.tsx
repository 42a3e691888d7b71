import { Outlet } from 'react-router';
import './quiet.css';

/** The frame of the pages before login. */
export function Quiet() {
  return (
    <main className="quiet">
      <Outlet />
    </main>
  );
}
