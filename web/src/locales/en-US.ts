import approvals from './en-US/approvals.json';
import batch from './en-US/batch.json';
import bin from './en-US/bin.json';
import board from './en-US/board.json';
import comments from './en-US/comments.json';
import common from './en-US/common.json';
import customers from './en-US/customers.json';
import desk from './en-US/desk.json';
import exchange from './en-US/exchange.json';
import fields from './en-US/fields.json';
import filters from './en-US/filters.json';
import followups from './en-US/followups.json';
import help from './en-US/help.json';
import objections from './en-US/objections.json';
import own from './en-US/own.json';
import ownership from './en-US/ownership.json';
import page from './en-US/page.json';
import people from './en-US/people.json';
import record from './en-US/record.json';
import records from './en-US/records.json';
import requests from './en-US/requests.json';
import reviews from './en-US/reviews.json';
import shell from './en-US/shell.json';
import targets from './en-US/targets.json';
import team from './en-US/team.json';
import time from './en-US/time.json';
import versions from './en-US/versions.json';
import views from './en-US/views.json';

/** The same keys as zh-CN; a test compares them. */
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
