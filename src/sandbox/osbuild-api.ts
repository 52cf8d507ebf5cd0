/**
 * A replacement for the `osbuild.api` of releases 21 to 29 in the container. The original asks the engine for the
 * arguments over a socket that passes file descriptors, which Node.js doesn't support. This one reads them from a file,
 * as releases from 30 on do. Metadata from a stage is dropped, because the engine keeps none; an exception is logged.
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
