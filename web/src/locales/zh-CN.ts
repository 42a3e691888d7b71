import approvals from './zh-CN/approvals.json';
import batch from './zh-CN/batch.json';
import bin from './zh-CN/bin.json';
import board from './zh-CN/board.json';
import comments from './zh-CN/comments.json';
import common from './zh-CN/common.json';
import customers from './zh-CN/customers.json';
import desk from './zh-CN/desk.json';
import exchange from './zh-CN/exchange.json';
import fields from './zh-CN/fields.json';
import filters from './zh-CN/filters.json';
import followups from './zh-CN/followups.json';
import help from './zh-CN/help.json';
import objections from './zh-CN/objections.json';
import own from './zh-CN/own.json';
import ownership from './zh-CN/ownership.json';
import page from './zh-CN/page.json';
import people from './zh-CN/people.json';
import record from './zh-CN/record.json';
import records from './zh-CN/records.json';
import requests from './zh-CN/requests.json';
import reviews from './zh-CN/reviews.json';
import shell from './zh-CN/shell.json';
import targets from './zh-CN/targets.json';
import team from './zh-CN/team.json';
import time from './zh-CN/time.json';
import versions from './zh-CN/versions.json';
import views from './zh-CN/views.json';

/** The source language. One file per screen family; every key also stands in en-US. */
export default {
  approvals,
  batch,
  bin,
  board,
  comments,
  common,
  customers,
  desk,
  exchange,
  fields,
  filters,
  followups,
  help,
  objections,
  ownership,
  page,
  people,
  record,
  own,
  records,
  requests,
  reviews,
  shell,
  targets,
  team,
  time,
  versions,
  views,
};
