// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of a report, from the result that lies in the page.
import * as echarts from 'echarts/core';
export const version = echarts.version;
