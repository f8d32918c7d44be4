//! One HTTP/1.1 request with a JSON body, as fixtures need it.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest answer that is read.
const MAX_ANSWER: u64 = 1 << 20;

/// `HOST:PORT` and the path before every other of `http://HOST:PORT/…`.
pub(crate) fn authority(url: &str) -> Result<(String, &str), String> {
    let rest = url.strip_prefix("http://").ok_or_else(|| format!("{url} does not begin with http://"))?;
    let (authority, base) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let authority = if has_port { authority.to_owned() } else { format!("{authority}:80") };
    Ok((authority, base.trim_end_matches('/')))
}

/// Sends the request and gives the JSON of a successful answer.
pub(crate) async fn request(
    url: &str,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Result<Value, String> {
    let (host, base) = authority(url)?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let token = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {base}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n{token}\r\n",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(&host).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(MAX_ANSWER).read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = exchange.await.map_err(|error| format!("{method} {path} at {host}: {error}"))?;
    let answer = String::from_utf8_lossy(&answer);
    parse(&answer).map_err(|problem| format!("{method} {path} {problem}"))
}

fn parse(answer: &str) -> Result<Value, String> {
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("was not answered in HTTP")?;
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    let code = status.split(' ').nth(1).unwrap_or_default();
    let chunked = lines.any(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("transfer-encoding:") && line.contains("chunked")
    });
    let body = if chunked { unchunk(body).ok_or("was answered in broken chunks")? } else { body.to_owned() };
    if !code.starts_with('2') {
        return Err(format!("was answered {status}: {}", crate::transcript::cut(&body)));
    }
    serde_json::from_str(&body)
        .map_err(|error| format!("was answered with something that is no JSON: {error}"))
}

fn unchunk(mut body: &str) -> Option<String> {
    let mut out = String::new();
    loop {
        let (size, rest) = body.split_once("\r\n")?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        out.push_str(rest.get(..size)?);
        body = rest.get(size..)?.strip_prefix("\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn understands_whole_and_chunked_answers() {
        let whole = "HTTP/1.1 201 Created\r\ncontent-length: 8\r\n\r\n{\"id\":1}";
        assert_eq!(parse(whole).unwrap(), json!({ "id": 1 }));
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"i\r\n5\r\nd\":1}\r\n0\r\n\r\n";
        assert_eq!(parse(chunked).unwrap(), json!({ "id": 1 }));
        assert!(
            parse("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{")
                .unwrap_err()
                .contains("chunks")
        );
        assert!(parse("HTTP/1.1 401 Unauthorized\r\n\r\nno").unwrap_err().contains("401 Unauthorized: no"));
    }

    #[test]
    fn an_address_has_a_port_and_no_surprises() {
        assert_eq!(authority("http://h:1/base/").unwrap(), ("h:1".to_owned(), "/base"));
        assert_eq!(authority("http://h").unwrap().0, "h:80");
        assert!(authority("https://h").is_err());
    }
}
