
# nginx between two ends that the test plays itself, byte by byte: what it sends
# as the backend, and what it has then got as the client.  Nothing waits for a
# time to pass, but for bytes to arrive; what does not arrive fails.

package ConsentHttp;

use strict;
use warnings;

use Cwd qw(getcwd);
use Exporter qw(import);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_RCVBUF SHUT_WR);

use ConsentServer ();
use ConsentTable;

our @EXPORT = qw($Timeout $Sent $Page root begin reload checked modules backend
                 client ask get answer slowly took gone silent response body header
                 names curl logged version refused accepted choice);

# seconds until what should have come counts as lost
our $Timeout = $ENV{CONSENT_TIMEOUT} // 60;

# a page, and what is left of it for who has chosen nothing
our $Sent = '<p>x</p><img src="//ads.test/p">';
our $Page = '<p>x</p><img data-consent="advertising" '
            . 'data-consent-src="//ads.test/p">';

my ($Dir, $Pid, $Port, $Second, $Listen);
my $Nginx = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';

$SIG{PIPE} = 'IGNORE';


# nginx runs until the test ends.  In the configuration PORT, SECOND (a port for
# another server), BACKEND and ROOT stand for what they are.

sub begin {
    my (%it) = @_;

    prepare(%it);

    for my $try (1 .. 10) {
        configure(%it);
        return if start();
    }

    die "nginx does not start:\n" . logged();
}


# Another configuration for new workers; the old ones end when they have
# answered.  Returns when these take no more connections.

sub reload {
    my (%it) = @_;
    my $gone = () = logged() =~ /gracefully shutting down/g;

    put("$Dir/conf/nginx.conf",
        configuration($it{modules} // [modules()], %it));
    kill 'HUP', $Pid;

    my $end = time() + $Timeout;

    while (time() < $end) {
        my $now = () = logged() =~ /gracefully shutting down/g;
        return if $now > $gone;
        select undef, undef, undef, 0.02;
    }

    die "nginx does not reload in time:\n" . logged();
}


# What nginx says of a configuration that is not run.

sub checked {
    my (%it) = @_;

    prepare(%it);
    configure(%it);

    return `$Nginx -t -p $Dir -c $Dir/conf/nginx.conf 2>&1`;
}


sub prepare {
    my (%it) = @_;

    $Dir = tempdir("servroot_XXXXXX", DIR => getcwd() . "/t", CLEANUP => 1);
    chmod 0755, $Dir;
    make_path(map("$Dir/$_", qw(logs html conf temp)));

    while (my ($name, $text) = each %{$it{files} // {}}) {
        put("$Dir/html/$name", $text);
    }

    $Listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 32)
        or die "cannot listen: $!";
}


sub configure {
    my (%it) = @_;
    my @modules = @{$it{modules} // [modules()]};

    ($Port, $Second) = ConsentServer::free_ports(2);
    put("$Dir/conf/nginx.conf", configuration(\@modules, %it));
}


sub modules { return split ' ', $ENV{TEST_NGINX_LOAD_MODULES} // '' }


sub configuration {
    my ($modules, %it) = @_;

    my $load = join '', map("load_module $_;\n", @$modules);
    my $temp = join '', map("${_}_temp_path $Dir/temp/$_;\n",
                            qw(client_body proxy fastcgi uwsgi scgi));
    my $main = $it{main} // '';
    my $http = $it{http} // '';
    my $root = $it{user} // (getpwuid($>))[0];

    my $text = <<"END";
$load
user $root;
daemon off;
worker_processes 1;
error_log $Dir/logs/error.log info;
pid $Dir/logs/nginx.pid;
$main
events { worker_connections 256; }
http {
    $temp
    access_log off;
    types { text/html html; text/plain txt; text/css css; }
    default_type text/html;
    keepalive_timeout 60s;
    lingering_close off;
    $ConsentTable::Table
    $http
    server {
        listen 127.0.0.1:PORT;
        server_name localhost;
        root $Dir/html;
        $it{config}
    }
}
END

    my $backend = $Listen->sockport();

    $text =~ s/\bPORT\b/$Port/g;
    $text =~ s/\bSECOND\b/$Second/g;
    $text =~ s/\bBACKEND\b/127.0.0.1:$backend/g;
    $text =~ s/\bROOT\b/$Dir/g;

    return $text;
}


sub start {
    $Pid = fork() // die "cannot fork: $!";

    if ($Pid == 0) {
        open STDOUT, '>', "$Dir/logs/output";
        open STDERR, '>&', \*STDOUT;
        close $Listen;
        exec $Nginx, '-p', $Dir, '-c', "$Dir/conf/nginx.conf" or exit 1;
    }

    my $end = time() + $Timeout;

    while (time() < $end) {

        if (waitpid($Pid, 1) == $Pid) {
            $Pid = undef;
            return 0 if logged() =~ /Address already in use/;
            die "nginx does not start:\n" . logged();
        }

        return 1 if -s "$Dir/logs/nginx.pid"
                    && IO::Socket::INET->new(PeerAddr => "127.0.0.1:$Port");

        select undef, undef, undef, 0.02;
    }

    die "nginx does not start in time:\n" . logged();
}


sub version {
    my ($major, $minor, $patch)
        = `$Nginx -v 2>&1` =~ m{nginx/(\d+)\.(\d+)\.(\d+)};

    return $major * 1000000 + $minor * 1000 + $patch;
}


END {
    my $status = $?;

    if ($Pid) {
        kill 'TERM', $Pid;
        waitpid $Pid, 0;
    }

    $? = $status;
}


sub put {
    my ($name, $text) = @_;

    open my $f, '>', $name or die "$name: $!";
    binmode $f;
    print $f $text;
    close $f or die "$name: $!";
}


# Where a file of the site is.

sub root { return "$Dir/html/$_[0]" }


# What nginx has written to its log, or said when it started.

sub logged {
    my $text = '';

    for my $name ("$Dir/logs/error.log", "$Dir/logs/output") {
        open my $f, '<', $name or next;
        local $/;
        $text .= <$f> // '';
    }

    return $text;
}


# headers of a request

sub refused { return "Host: localhost\r\n" }

sub accepted {
    return "Host: localhost\r\nCookie: "
           . choice("performance+advertising+sharing") . "\r\n";
}


# A connection to nginx; rcvbuf: how much of an answer it takes unread; second:
# to the second server.

sub client {
    my (%it) = @_;

    my $s = IO::Socket::INET->new(Proto => 'tcp') or die "no socket: $!";

    setsockopt($s, SOL_SOCKET, SO_RCVBUF, $it{rcvbuf}) if $it{rcvbuf};

    connect $s, pack_sockaddr($it{second} ? $Second : $Port)
        or die "cannot connect: $!";
    $s->autoflush(1);

    return $s;
}

sub pack_sockaddr {
    return Socket::pack_sockaddr_in($_[0], Socket::inet_aton('127.0.0.1'));
}


sub ask {
    my ($s, $text) = @_;

    print $s $text;
    return $s;
}


# A whole exchange on a connection of its own.

sub get {
    my ($uri, %it) = @_;

    my $method = $it{method} // 'GET';
    my $version = $it{version} // '1.1';
    my $headers = $it{headers} // refused();

    my $s = client();
    ask($s, "$method $uri HTTP/$version\r\n${headers}Connection: close\r\n\r\n");

    return response($s, $method);
}


# The next connection that nginx makes to the backend, with its request read.

sub backend {
    my (%it) = @_;

    IO::Select->new($Listen)->can_read($Timeout)
        or die "nginx does not ask the backend\n";

    my $s = $Listen->accept();
    $s->autoflush(1);

    my $request = $it{raw} ? '' : took($s, qr/\r\n\r\n/);

    return wantarray ? ($s, $request) : $s;
}


# What the backend says; its headers have their line ends from here.

sub answer {
    my ($s, $headers, $body) = @_;

    $headers =~ s/\r?\n/\r\n/g;
    print $s "$headers\r\n", $body // '';
}


# Reads until the expression matches, and no byte further than has come; what
# was read, or what there is when nothing comes any more.

sub took {
    my ($s, $what, %it) = @_;
    my $text = '';
    my $select = IO::Select->new($s);

    while ($text !~ $what) {

        $select->can_read($Timeout) or last;
        sysread($s, $text, $it{size} // 65536, length $text) or last;
    }

    return $text;
}


# 1 if the other side closes, without another byte.

sub gone {
    my ($s) = @_;

    IO::Select->new($s)->can_read($Timeout) or return 0;
    my $n = sysread($s, my $text, 1);

    return !$n;
}


# 1 if nothing has come

sub silent { return !IO::Select->new($_[0])->can_read($_[1] // 0) }


# A whole exchange of one that takes little at a time: rcvbuf bytes unread, size
# bytes a read.

sub slowly {
    my ($uri, %it) = @_;

    my $s = client(rcvbuf => $it{rcvbuf} // 2048);
    my $headers = $it{headers} // refused();
    ask($s, "GET $uri HTTP/1.1\r\n${headers}Connection: close\r\n\r\n");

    my $text = '';
    my $select = IO::Select->new($s);

    while ($select->can_read($Timeout)) {
        sysread($s, $text, $it{size} // 1500, length $text) or last;
    }

    return parse($text, 'GET') // { status => 0, head => '', body => $text };
}


# One response, as far as it came: complete, if it ended as it said it would.

sub response {
    my ($s, $method, %it) = @_;
    my $text = $it{text} // '';
    my $select = IO::Select->new($s);

    $method //= 'GET';

    while (1) {
        my $r = parse($text, $method);

        return $r if $r && $r->{complete};

        my $n = $select->can_read($Timeout)
                ? sysread($s, $text, 65536, length $text) : 0;

        next if $n;

        $r //= { status => 0, head => '', body => $text, complete => 0 };
        $r->{closed} = 1;

        $r->{complete} = 1
            if !defined header($r, 'Content-Length')
               && !defined header($r, 'Transfer-Encoding');

        return $r;
    }
}

sub parse {
    my ($text, $method) = @_;

    my ($head, $rest) = $text =~ /\A(.*?\r\n)\r\n(.*)\z/s or return undef;
    my ($status) = $head =~ m{\AHTTP/1\.\d (\d+)} or return undef;

    my $r = { status => $status, head => $head, body => $rest, rest => '',
              complete => 0 };

    if ($status == 100 || $status == 103) {
        my $next = parse($rest, $method) or return undef;
        $next->{before} = $head . ($next->{before} // '');
        return $next;
    }

    if ($method eq 'HEAD' || $status == 204 || $status == 304
        || $status == 101)
    {
        @$r{qw(body rest complete)} = ('', $rest, 1);
        return $r;
    }

    if (defined header($r, 'Transfer-Encoding')) {
        @$r{qw(body complete trailers rest)} = dechunk($rest);

    } elsif (defined(my $n = header($r, 'Content-Length'))) {
        $r->{body} = substr $rest, 0, $n;
        $r->{complete} = length $rest >= $n;
        $r->{rest} = substr $rest, $n if $r->{complete};
    }

    return $r;
}


# The body of chunks, whether it is whole, trailers, what comes behind.

sub dechunk {
    my ($text) = @_;
    my $body = '';

    while ($text =~ s/\A([0-9a-fA-F]+)\r\n//) {
        my $n = hex $1;

        if ($n == 0) {
            return ($body, 1, $1, $text) if $text =~ s/\A((?:[^\r\n]+\r\n)*)\r\n//;
            return ($body, 0, '', '');
        }

        $body .= substr $text, 0, $n;

        return ($body, 0, '', '') if length $text < $n + 2;

        substr $text, 0, $n + 2, '';
    }

    return ($body, 0, '', '');
}


# A header's value; several of a name are joined as lists are.

sub header {
    my ($r, $name) = @_;
    my @values = $r->{head} =~ /^\Q$name\E:[ \t]*(.*?)\r$/gmi;

    return @values ? join(', ', @values) : undef;
}


# The headers of a response that are the same each time.

sub names {
    my ($r) = @_;

    return join '', sort grep(!/\A(?:Date|Connection|Keep-Alive
                                  |Transfer-Encoding):/xi,
                              $r->{head} =~ /^(.*\n)/gm);
}


sub body { return get(@_)->{body} }


# By curl over HTTP/2, of the second server: status, headers, body, trailers.

sub curl {
    my ($uri, @args) = @_;

    my $headers = "$Dir/temp/headers";

    open my $f, '-|', 'curl', '-s', '--http2-prior-knowledge', '-D', $headers,
         '-o', '-', '--max-time', $Timeout, @args,
         "http://127.0.0.1:$Second$uri" or die "no curl: $!";

    binmode $f;
    my $body = do { local $/; <$f> } // '';
    my $complete = close $f;

    open $f, '<', $headers or return { status => 0, complete => 0 };
    my $text = do { local $/; <$f> } // '';
    close $f;

    my ($status) = $text =~ m{\AHTTP/2 (\d+)};
    my ($head, $trailers) = split /\r\n\r\n/, $text, 2;

    return { status => $status // 0, head => "$head\r\n", body => $body,
             trailers => $trailers // '', complete => $complete };
}

1;
