"""The product's settings with the naive API in place of its pages, and the REST framework as it comes."""

from portal.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "tests.bench.naive_api"
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
