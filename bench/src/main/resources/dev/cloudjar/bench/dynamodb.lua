-- Asks DynamoDB for one operation over and over, of items chosen by chance. Arguments: operation and, behind a space,
-- the limit of a Query or that all go to one item; number of items; number of threads.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local headers = {
  ["Content-Type"] = "application/x-amz-json-1.0",
  ["X-Amz-Date"] = "20260101T000000Z",
  ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
    .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" .. string.rep("0", 64),
}
local fill = string.rep("x", 270)
local operation, more, items, body
local written = 0

local function key()
  local item = math.random(0, items - 1)
  return '"pk":{"S":"p' .. math.floor(item / 100) .. '"},"sk":{"N":"' .. item % 100 .. '"}'
end

local function put()
  return '{' .. key() .. ',"n":{"N":"' .. math.random(1, 1000) .. '"},"fill":{"S":"' .. fill
    .. '"},"flag":{"BOOL":true}}'
end

local bodies = {
  PutItem = function()
    return '{"TableName":"bench","Item":' .. put() .. '}'
  end,
  GetItem = function()
    return '{"TableName":"bench","Key":{' .. key() .. '}}'
  end,
  UpdateItem = function(hot)
    local target = hot and '"pk":{"S":"p0"},"sk":{"N":"0"}' or key()
    return '{"TableName":"bench","Key":{' .. target .. '},"UpdateExpression":"SET n = if_not_exists(n, :z) + :o",'
      .. '"ConditionExpression":"attribute_not_exists(n) OR n >= :z",'
      .. '"ExpressionAttributeValues":{":o":{"N":"1"},":z":{"N":"0"}}}'
  end,
  Query = function(limit)
    return '{"TableName":"bench","Limit":' .. limit .. ',"KeyConditionExpression":"pk = :p",'
      .. '"ExpressionAttributeValues":{":p":{"S":"p' .. math.random(0, math.max(0, math.floor(items / 100) - 1))
      .. '"}}}'
  end,
  -- Of ten items after ten, since transactions that meet on an item are refused; of 20,000 where the table has fewer.
  TransactWriteItems = function()
    local puts = {}
    local blocks = math.floor(math.max(items, 20000) / 40)
    written = written + 1
    local block = 4 * (written * 7919 % blocks) + number % 4
    for i = 0, 9 do
      local item = block * 10 + i
      puts[i] = '{"Put":{"TableName":"bench","Item":{"pk":{"S":"p' .. math.floor(item / 100) .. '"},"sk":{"N":"'
        .. item % 100 .. '"},"fill":{"S":"' .. fill .. '"}}}}'
    end
    return '{"TransactItems":[' .. table.concat(puts, ",") .. ']}'
  end,
}

function init(args)
  operation, more = string.match(args[1], "^(%S+)%s*(.*)$")
  more = more ~= "" and more
  items = tonumber(args[2])
  body = bodies[operation]
  headers["Host"] = wrk.host .. ":" .. wrk.port
  headers["X-Amz-Target"] = "DynamoDB_20120810." .. operation
  math.randomseed(number * 7919 + 1)
end

function request()
  return wrk.format("POST", "/", headers, body(more))
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
