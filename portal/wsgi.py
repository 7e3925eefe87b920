import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
# A server that makes its workers of this process loads the pages once for all of them. What stays for ever
# isn't looked through again whenever memory is tidied, nor copied for it.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
