import { expect, it } from 'vitest';
import { placeFiles } from '../../../src/core/manifest/file-set.ts';

const file = (name: string, text: string) => ({ name, text });

it('puts files where their names say', () => {
  const files = [
    file('requirements.txt', 'flask\n'),
    file('constraints.txt', 'six<2\n'),
    file('overrides.txt', 'a==1\n'),
    file('pip-freeze.txt', 'six==1.0\n'),
    file('toy-index.txt', 'app 1.0; depends left\n'),
  ];
  expect(placeFiles(files, null).panes).toEqual({
    requirements: 'flask\n',
    constraints: 'six<2\n',
    overrides: 'a==1\n',
    installed: 'six==1.0\n',
    overlay: 'app 1.0; depends left\n',
  });
});

it('follows -r and -c to files at hand, whatever their folder', () => {
  const files = [
    file('dev.txt', '-r ../base.txt\n-c limits.txt\npytest\n-r missing.txt\n'),
    file('base.txt', '-r deep.txt\nflask\n'),
    file('deep.txt', 'six'),
    file('limits.txt', 'six<2\n'),
  ];
  expect(placeFiles(files, null)).toMatchObject({
    panes: {
      requirements:
        '# -r ../base.txt\n# -r deep.txt\nsix\nflask\n# -c limits.txt: see the constraints\npytest\n-r missing.txt\n',
      constraints: 'six<2\n',
    },
    sources: { requirements: ['dev.txt'], constraints: ['limits.txt'] },
  });
});

it('files that include one another end', () => {
  const files = [file('a.txt', '-r b.txt\nflask'), file('b.txt', '-r a.txt\nsix')];
  expect(placeFiles(files, null).panes).toEqual({ requirements: '# -r b.txt\n-r a.txt\nsix\nflask' });
  const beside = [file('main.txt', 'click'), ...files];
  expect(placeFiles(beside, null).sources).toEqual({ requirements: ['main.txt', 'a.txt'] });
  expect(() => placeFiles([file('a.txt', '-r a.txt\nsix')], null)).not.toThrow();
});

it('several requirements files stand one after the other under their names', () => {
  const files = [file('a.txt', 'flask'), file('b.txt', 'six\n')];
  expect(placeFiles(files, null).panes).toEqual({ requirements: '# a.txt\nflask\n\n# b.txt\nsix\n' });
});

it('one plain file goes to the pane that it was dropped on; another kind does not', () => {
  expect(placeFiles([file('x.txt', 'six<2\n')], 'constraints').panes).toEqual({ constraints: 'six<2\n' });
  const project = '[project]\ndependencies = ["six"]\n';
  expect(placeFiles([file('pyproject.toml', project)], 'constraints').panes).toEqual({
    requirements: project,
  });
});
