-- Any request: the bare server's answer does not depend on it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
wrk.body = string.rep("x", 200)
