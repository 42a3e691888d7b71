export { HeartHandshake as CareIcon } from 'lucide-react';
