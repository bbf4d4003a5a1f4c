import { expose, transfer } from 'comlink';
import { ResolverService } from '../src/core/headless/resolver-service.ts';

expose(
  new ResolverService({
    now: () => performance.now(),
    handOver: (value, buffers) => transfer(value, buffers),
  }),
);
