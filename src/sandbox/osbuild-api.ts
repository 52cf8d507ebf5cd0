/**
 * What stands in for the `osbuild.api` of releases 21 to 29 in the container. Theirs asks the engine for the arguments
 * over a socket that passes file descriptors, which Node.js can't; here they are in a file, as from release 30 on.
 * What a stage tells the engine, which keeps no metadata, goes nowhere; an exception goes to the log.
 */
export const osbuildApi = `import contextlib
import json
import sys
import traceback


class BaseAPI:
    pass


class API(BaseAPI):
    pass


def arguments(*_args, **_kwargs):
    with open("/run/osbuild/api/arguments", encoding="utf-8") as file:
        return json.load(file)


def metadata(*_args, **_kwargs):
    pass


def exception(error, *_args, **_kwargs):
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    sys.exit(2)


@contextlib.contextmanager
def exception_handler(*_args, **_kwargs):
    try:
        yield
    except Exception as error:
        exception(error)
`;
