import { expose } from 'comlink';
import { TeachService } from '../src/core/lesson/teach-service.ts';

expose(new TeachService());
