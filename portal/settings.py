"""All settings, in the order Django's reference lists them. Every variable is in .env.example."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from portal.api import configuration as api
from portal.celery_settings import *  # noqa: F403  all of them
from portal.schedule import BEAT_SCHEDULE, DEMO_SCHEDULE

env = environ.FileAwareEnv()  # type: ignore[no-untyped-call]
BASE_DIR = Path(__file__).resolve().parent.parent
# Everything this installation writes outside its database: mail files, the beat's notes, collected files.
DATA_DIR = Path(env("SETU_DATA", default=str(BASE_DIR / "var"))).resolve()
# Read by numpy and numba when they are imported. Processes share the cores, and threads that wait by spinning
# would take them from each other; what is compiled is kept where we may write.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_CACHE_DIR", str(DATA_DIR / "numba"))

# Core

DEBUG = env.bool("DEBUG", default=False)
# A default key exists only while DEBUG is on: production without SECRET_KEY fails to start.
SECRET_KEY = env("SECRET_KEY", default="insecure-development-key" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The demo is a made-up world that may be reset at any time: its log-ins are shown on the log-in page.
DEMO = env.bool("DEMO", default=False)
# Where people reach us: links in mails start with it.
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "lucide",
    "rest_framework",
    "drf_spectacular",
    "portal.accounts",
    "portal.ui",
    "opportunities",
    "ingest",
    "matching",
    "portal.dashboards",
    "portal.open_data",
    "portal.api",
    "portal.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.session_use.SessionUseMiddleware",
    "portal.accounts.middleware.CurrentCompanyMiddleware",
    "portal.accounts.auditing.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.accounts.second_factor.OfficeSecondFactorMiddleware",
    "portal.accounts.office_looks.OfficeLookMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.demo.log_ins.demo_people",
            ]
        },
    }
]
X_FRAME_OPTIONS = "DENY"

# Database and cache

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://setu@127.0.0.1:5432/setu")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379")
if REDIS_URL.startswith("unix://"):
    # The embedded server has no port: Celery and Django spell a socket's address differently.
    _broker = "redis+socket://" + REDIS_URL.removeprefix("unix://") + "?virtual_host=0"
    _cache = REDIS_URL + "?db=1"
else:
    _broker = REDIS_URL.rstrip("/") + "/0"
    _cache = REDIS_URL.rstrip("/") + "/1"
CACHES = {"default": {"BACKEND": "portal.lib.lasting_cache.LastingCache", "LOCATION": _cache}}

# Sign-in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "add_email": "portal.accounts.forms.ChangeEmailForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one replaces it once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # what happens to an account is told to whoever owns it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Counted in the cache, which all processes share. What isn't named here is as allauth has it.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/h/ip",
    "invite": "30/h/user",
    "invitation": "30/m/ip",
    "erase": "10/h/user",
    "digest": "30/h/ip",
    "mail_again": "5/h/user",
    "test_digest": "20/h/user",
    "webhook_test": "6/m/user",
    "webhook_replay": "20/m/user",
}
# Behind a proxy the address of who asks is what the proxy says it is, and nothing that was said to the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
REST_FRAMEWORK = api.REST_FRAMEWORK | {"NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT}
SPECTACULAR_SETTINGS = api.SPECTACULAR_SETTINGS
API_PACES = api.API_PACES
# Whether the office must log in with a code from the phone as well.
OFFICE_SECOND_FACTOR = env.bool("OFFICE_SECOND_FACTOR", default=not DEMO)
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Setu"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateWithCodeForm",
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
}
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"

# Security headers

SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Language and time: UTC inside, Stockholm and India at the edge

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static"))).resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

# Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A silent mail server must not hold a sender for long. What it was given by then is in doubt, and comes again.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)  # seconds
# With DEMO on nothing leaves the machine: each message becomes a file in this folder.
MAIL_DIR = DATA_DIR / "mail"
if DEMO:
    EMAIL_BACKEND = "portal.lib.mail_files.EmailBackend"
# A provider that django-anymail knows by this name (mailgun, postmark, …), instead of an SMTP server of one's own.
MAIL_PROVIDER = env("MAIL_PROVIDER", default="")
# user:password that the provider shows when it reports bounces and complaints to /mail/reports/<provider>/.
MAIL_REPORTS_SECRET = env("MAIL_REPORTS_SECRET", default="")
ANYMAIL = {**env.dict("MAIL_PROVIDER_SETTINGS", default={}), "WEBHOOK_SECRET": MAIL_REPORTS_SECRET}
if MAIL_PROVIDER and not DEMO:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
# Where bounces and complaints come to as mail: imaps://user@host/folder. Usually DEFAULT_FROM_EMAIL's.
BOUNCE_MAILBOX = env("BOUNCE_MAILBOX", default="")
BOUNCE_MAILBOX_PASSWORD = env("BOUNCE_MAILBOX_PASSWORD", default="")
# Where a made-up notice a day has to arrive by mail, to show that mail goes out; empty: nowhere.
CANARY_ADDRESS = env("CANARY_ADDRESS", default="")
# Only for trying out: members' webhooks otherwise never lead to our own machine, nor go unencrypted.
WEBHOOKS_ALLOW_LOOPBACK = env.bool("WEBHOOKS_ALLOW_LOOPBACK", default=False)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Setu <setu@example.org>")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="office@example.org")

# Open data: who publishes it, and six letters or digits that tell our numbers from others' (docs/open-data.md)

PUBLISHER_NAME = env("PUBLISHER_NAME", default="Teknikföretagen")
OPEN_CONTRACTING_PREFIX = env("OPEN_CONTRACTING_PREFIX", default="xxsetu")

# Logs: events with fields, no secrets

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}

# Fetching

# An honest name with someone to write to, sent with every request we make.
FETCH_USER_AGENT = f"Setu/1.0 (procurement notices for Swedish SMEs; +{SITE_URL}; {CONTACT_EMAIL})"
FETCH_SECONDS_BETWEEN_REQUESTS = env.float("FETCH_SECONDS_BETWEEN_REQUESTS", default=2.0)
# Only for the channel simulator and the tests: our own machine is otherwise never fetched from.
FETCH_ALLOW_LOOPBACK = env.bool("FETCH_ALLOW_LOOPBACK", default=False)
# What the consortium channel lets us in with. Never in the database, so that no page and no dump shows it.
CII_MAILBOX_PASSWORD = env("CII_MAILBOX_PASSWORD", default="")
CII_MAILBOX_AUTHORITY = env("CII_MAILBOX_AUTHORITY", default="")
CII_PAGES_USER = env("CII_PAGES_USER", default="")
CII_PAGES_PASSWORD = env("CII_PAGES_PASSWORD", default="")
CII_PAGES_TOKEN = env("CII_PAGES_TOKEN", default="")
# Where the channel simulator answers; ./setu up starts one for the demo and says where.
SIMULATOR_URL = env("SIMULATOR_URL", default="").rstrip("/")

# Matching

# Whether texts are also compared by meaning, where the model's wheel can be had: 150 MB in each worker.
MATCH_BY_MEANING = env.bool("MATCH_BY_MEANING", default=True)

# Celery: what differs from installation to installation; the rest is portal.celery_settings

CELERY_BROKER_URL = _broker
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE | (DEMO_SCHEDULE if DEMO else {})
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
